package io.bitwright.compiler;

import io.bitwright.target.HardwareOptions;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What the user chooses about a compilation. Immutable.
 *
 * @param name  the network's name in generated code; the model file's by default
 * @param goal  what the schedule is chosen for
 * @param ramBudgetBytes  the most RAM the network may take, besides the board's own limit
 * @param disabledPasses  passes left out, by name
 * @param dumpAfter  passes after which the observer is given the graph, by name
 * @param quantization  how a float network is quantised; empty if it stays as it is
 * @param hardware  choices about hardware targets
 */
public record CompileOptions(Optional<String> name, Goal goal, OptionalLong ramBudgetBytes, Set<String> disabledPasses,
    List<String> dumpAfter, Optional<QuantizationRequest> quantization, HardwareOptions hardware) {
  /** No choice made. */
  public static final CompileOptions DEFAULT =
      new CompileOptions(Optional.empty(), Goal.SIZE, OptionalLong.empty(), Set.of(), List.of());

  public CompileOptions {
    disabledPasses = Set.copyOf(disabledPasses);
    dumpAfter = List.copyOf(dumpAfter);
  }

  /** These choices, for a network without quantisation, without any about hardware. */
  public CompileOptions(Optional<String> name, Goal goal, OptionalLong ramBudgetBytes, Set<String> disabledPasses,
      List<String> dumpAfter) {
    this(name, goal, ramBudgetBytes, disabledPasses, dumpAfter, Optional.empty(), HardwareOptions.DEFAULT);
  }

  /** These choices, with float networks quantised. */
  public CompileOptions quantizing(QuantizationRequest request) {
    return new CompileOptions(
        name, goal, ramBudgetBytes, disabledPasses, dumpAfter, Optional.of(request), hardware);
  }

  /** The same with other choices about hardware. */
  public CompileOptions with(HardwareOptions other) {
    return new CompileOptions(name, goal, ramBudgetBytes, disabledPasses, dumpAfter, quantization, other);
  }

  /** What a schedule is chosen for. */
  public enum Goal {
    /** The smallest arena: kernels run together, a row at a time, where that needs less. */
    SIZE,
    /** Every kernel on its own. */
    SPEED
  }
}
