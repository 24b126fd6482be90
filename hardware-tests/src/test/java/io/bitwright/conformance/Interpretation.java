package io.bitwright.conformance;

import io.bitwright.ir.interp.Interpreter;
import io.bitwright.ir.interp.Trace;
import io.bitwright.ir.kernel.Schedule;
import io.bitwright.ir.memory.MemoryPlan;
import io.bitwright.ir.memory.MemoryPlanner;
import io.bitwright.ir.memory.ScheduleChooser;
import java.util.ArrayList;
import java.util.List;

/** Runs a case on the interpreter, under the trivial schedule and under the chosen one. */
public final class Interpretation {
  private Interpretation() {}

  /** All differences under both schedules. */
  public static List<String> differences(Case expected) {
    MemoryPlan trivial = MemoryPlanner.plan(expected.program(), Schedule.trivial(expected.program()));
    List<String> found = new ArrayList<>(differences(expected, trivial));
    MemoryPlan chosen = ScheduleChooser.choose(expected.program());
    if (!chosen.schedule().equals(trivial.schedule())) {
      differences(expected, chosen).forEach(d -> found.add("chosen schedule: " + d));
    }
    return found;
  }

  /** All differences under one plan. */
  public static List<String> differences(Case expected, MemoryPlan plan) {
    return Oracle.differences(expected, new Interpreter(plan).run(expected.inputs(), Trace.NONE));
  }
}
