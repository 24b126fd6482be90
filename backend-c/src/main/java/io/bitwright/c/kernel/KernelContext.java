package io.bitwright.c.kernel;

import io.bitwright.c.scalar.CType;
import io.bitwright.c.scalar.FunctionNames;
import io.bitwright.c.scalar.Intrinsics;
import io.bitwright.c.scalar.ScalarFunction;
import io.bitwright.c.scalar.ScalarRenderer;
import io.bitwright.ir.kernel.Kernel;
import io.bitwright.ir.kernel.Value;
import io.bitwright.ir.scalar.Scalar;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * What one kernel's renderer works with: its names, its values' sites and the constants it adds. Every name begins with
 * the network's name and the kernel's number.
 */
final class KernelContext {
  private final String prefix;
  private final Kernel kernel;
  private final List<String> comment;
  private final Function<Value, Site> sites;
  private final Constants constants;
  private final Intrinsics intrinsics;
  private final List<ScalarFunction> functions = new ArrayList<>();
  private final Set<String> tables = new HashSet<>();

  KernelContext(String network, int index, Kernel kernel, Function<Value, Site> sites, Constants constants,
      Intrinsics intrinsics) {
    this.prefix = network + "_k" + index;
    this.kernel = kernel;
    this.comment = KernelComment.of(kernel, index);
    this.sites = sites;
    this.constants = constants;
    this.intrinsics = intrinsics;
  }

  /** {@code vww_k3_name}. */
  String name(String suffix) {
    return prefix + "_" + suffix;
  }

  Frame frame(Site output) {
    return new Frame(name(Identifiers.mangle(kernel.header().label())), comment, output.n(), output.h());
  }

  Site site(Value value) {
    return sites.apply(value);
  }

  Site input() {
    return site(kernel.header().input());
  }

  Site output() {
    return site(kernel.output());
  }

  Constants constants() {
    return constants;
  }

  Intrinsics intrinsics() {
    return intrinsics;
  }

  /** Renders a scalar program as a function of this kernel. */
  ScalarFunction function(String suffix, Scalar program, CType result) {
    ScalarFunction function = ScalarRenderer.render(new FunctionNames(prefix, suffix, tables), program, result,
        intrinsics);
    if (program.hasReals()) {
      intrinsics.noteReals();
    }
    functions.add(function);
    return function;
  }

  List<ScalarFunction> functions() {
    return List.copyOf(functions);
  }
}
