package io.bitwright.c.kernel;

import io.bitwright.c.scalar.CType;
import io.bitwright.c.scalar.FunctionNames;
import io.bitwright.c.scalar.Intrinsics;
import io.bitwright.c.scalar.ScalarFunction;
import io.bitwright.c.scalar.ScalarRenderer;
import io.bitwright.ir.kernel.Kernel;
import io.bitwright.ir.kernel.Value;
import io.bitwright.ir.scalar.Scalar;
import io.bitwright.ir.type.ElementType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * What one kernel's renderer works with: its names, its values' sites and the constants it adds. Every name begins with
 * the network's name and the kernel's number.
 */
final class KernelContext {
  private final KernelNames names;
  private final String functionName;
  private final Kernel kernel;
  private final List<String> comment;
  private final Function<Value, Site> sites;
  private final Constants constants;
  private final Intrinsics intrinsics;
  private final List<ScalarFunction> functions = new ArrayList<>();

  KernelContext(String network, int index, Kernel kernel, Function<Value, Site> sites, Constants constants,
      Intrinsics intrinsics) {
    this.names = new KernelNames(network, index);
    this.functionName = names.unique(Identifiers.mangle(kernel.header().label()));
    this.kernel = kernel;
    this.comment = KernelComment.of(kernel, index);
    this.sites = sites;
    this.constants = constants;
    this.intrinsics = intrinsics;
  }

  /** {@code vww_k3_name}; a name of its own at each call. */
  String name(String suffix) {
    return names.unique(suffix);
  }

  /**
   * The function's frame.
   *
   * @param slides  whether a window slides over rows, so that the text depends on the row's number
   */
  Frame frame(Site output, boolean slides, Site... inputs) {
    List<Site> sites = new ArrayList<>(List.of(inputs));
    sites.add(output);
    boolean images = sites.stream().anyMatch(Site::hasImages);
    boolean rows = slides || sites.stream().anyMatch(Site::hasRows);
    return frame(images ? output.n() : 1, rows ? output.h() : 1);
  }

  /** The frame of a function that depends on so many images and rows. */
  Frame frame(int images, int rows) {
    return new Frame(functionName, comment, images, rows);
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

  /** Adds the biases of an integer dot, as wide as its sums must be. */
  String bias(Kernel.Dot dot) {
    CType type = dot.bias().element() == ElementType.I64 ? CType.INT64 : CType.INT32;
    return constants.add(name("bias"), type, dot.bias().codes(), "[" + dot.bias().elements() + "]");
  }

  /** Renders a scalar program as a function of this kernel. */
  ScalarFunction function(String suffix, Scalar program, CType result) {
    ScalarFunction function = ScalarRenderer.render(new FunctionNames(names.unique(suffix), names::unique), program,
        result, intrinsics);
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
