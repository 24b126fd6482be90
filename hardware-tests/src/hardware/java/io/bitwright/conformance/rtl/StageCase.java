package io.bitwright.conformance.rtl;

import io.bitwright.dataflow.DataflowPlan;
import io.bitwright.dataflow.FeatureMap;
import io.bitwright.dataflow.Stream;
import io.bitwright.ir.interp.Interpreter;
import io.bitwright.ir.interp.Trace;
import io.bitwright.ir.kernel.Program;
import io.bitwright.ir.kernel.Schedule;
import io.bitwright.ir.memory.MemoryPlanner;
import java.util.List;
import java.util.function.Function;

/**
 * A design of one kernel's stages and what it must give.
 *
 * @param reference  from an input tensor to the output's beats
 */
record StageCase(DataflowPlan plan, Function<byte[], int[]> reference) {
  /** Held to the interpreter. */
  static StageCase of(DataflowPlan plan) {
    Program program = plan.program();
    Interpreter interpreter = new Interpreter(MemoryPlanner.plan(program, Schedule.trivial(program)));
    return new StageCase(plan,
        tensor -> BeatStreams.ofMap(interpreter.run(List.of(tensor), Trace.NONE).get(0), (FeatureMap) last(plan)));
  }

  static Stream last(DataflowPlan plan) {
    return plan.channels().get(plan.channels().size() - 1).stream();
  }

  @Override
  public String toString() {
    return plan.name() + ": " + plan.stages();
  }
}
