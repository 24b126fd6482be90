package io.bitwright.compiler;

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
 * @param quantize  whether a float network is quantised
 */
public record CompileOptions(Optional<String> name, Goal goal, OptionalLong ramBudgetBytes, Set<String> disabledPasses,
    List<String> dumpAfter, boolean quantize) {
  /** No choice made. */
  public static final CompileOptions DEFAULT =
      new CompileOptions(Optional.empty(), Goal.SIZE, OptionalLong.empty(), Set.of(), List.of(), false);

  public CompileOptions {
    disabledPasses = Set.copyOf(disabledPasses);
    dumpAfter = List.copyOf(dumpAfter);
  }

  /** These choices, for a network without quantisation. */
  public CompileOptions(Optional<String> name, Goal goal, OptionalLong ramBudgetBytes, Set<String> disabledPasses,
      List<String> dumpAfter) {
    this(name, goal, ramBudgetBytes, disabledPasses, dumpAfter, false);
  }

  /** These choices, with float networks quantised. */
  public CompileOptions quantizing() {
    return new CompileOptions(name, goal, ramBudgetBytes, disabledPasses, dumpAfter, true);
  }

  /** What a schedule is chosen for. */
  public enum Goal {
    /** The smallest arena: kernels run together, a row at a time, where that needs less. */
    SIZE,
    /** Every kernel on its own. */
    SPEED
  }
}
