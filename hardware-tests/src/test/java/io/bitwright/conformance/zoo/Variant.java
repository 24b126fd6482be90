package io.bitwright.conformance.zoo;

import io.bitwright.ir.diag.Diagnostics;
import io.bitwright.ir.graph.Graph;
import io.bitwright.ir.interp.Interpreter;
import io.bitwright.ir.interp.Trace;
import io.bitwright.ir.kernel.Lowering;
import io.bitwright.ir.kernel.Program;
import io.bitwright.ir.kernel.Schedule;
import io.bitwright.ir.memory.MemoryPlan;
import io.bitwright.ir.memory.MemoryPlanner;
import io.bitwright.ir.memory.ScheduleChooser;
import io.bitwright.ir.passes.StandardPipeline;
import java.util.List;
import java.util.Set;

/** One way through the compiler after quantisation: none of these may change a byte. */
record Variant(String name, boolean passes, Set<String> disabled, boolean chosenSchedule) {
  /** No pass, every kernel on its own: what the others are held against. */
  static final Variant PLAIN = new Variant("plain", false, Set.of(), false);

  /** As the compiler does it. */
  static final Variant FULL = new Variant("full", true, Set.of(), true);

  /** All passes but one. */
  static Variant without(String pass, boolean chosenSchedule) {
    return new Variant("without " + pass, true, Set.of(pass), chosenSchedule);
  }

  MemoryPlan plan(Graph graph) {
    Graph taken = passes ? StandardPipeline.create().without(disabled).run(graph) : graph;
    Program program = Lowering.lower(taken, new Diagnostics());
    return chosenSchedule ? ScheduleChooser.choose(program) : MemoryPlanner.plan(program, Schedule.trivial(program));
  }

  List<byte[]> run(Graph graph, List<byte[]> inputs) {
    return new Interpreter(plan(graph)).run(inputs, Trace.NONE);
  }
}
