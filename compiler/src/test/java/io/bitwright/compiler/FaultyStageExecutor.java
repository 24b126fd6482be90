package io.bitwright.compiler;

import io.bitwright.ir.interp.Interpreter;
import io.bitwright.ir.interp.Trace;
import io.bitwright.ir.kernel.Program;
import io.bitwright.ir.kernel.Schedule;
import io.bitwright.ir.memory.MemoryPlanner;
import io.bitwright.runners.Execution;
import io.bitwright.runners.Executor;
import io.bitwright.runners.ExternalTool;
import io.bitwright.runners.HardwareFigures;
import io.bitwright.runners.RunRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Runs the interpreter as if it were hardware with a memory: in every frame but the first, operator 3's tensor has one
 * element wrong, in the third the output too.
 */
public final class FaultyStageExecutor implements Executor {
  @Override
  public String name() {
    return "faulty-stage";
  }

  @Override
  public String target() {
    return "c";
  }

  @Override
  public List<ExternalTool> tools() {
    return List.of();
  }

  @Override
  public Execution run(RunRequest request) {
    Program program = request.emitted().plan().program();
    Interpreter interpreter = new Interpreter(MemoryPlanner.plan(program, Schedule.trivial(program)));
    List<List<byte[]>> outputs = new ArrayList<>();
    List<SortedMap<Integer, byte[]>> taps = new ArrayList<>();
    for (List<byte[]> frame : request.frames()) {
      SortedMap<Integer, byte[]> tapped = new TreeMap<>();
      Trace trace = request.simulation().taps() ? (operator, raw) -> tapped.put(operator, raw.clone()) : Trace.NONE;
      List<byte[]> output = interpreter.run(frame, trace);
      if (!outputs.isEmpty() && tapped.containsKey(3)) {
        tapped.get(3)[5]++;
      }
      if (outputs.size() == 2) {
        output.get(0)[1]++;
      }
      outputs.add(output);
      taps.add(tapped);
    }
    HardwareFigures figures = new HardwareFigures(OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty(),
        OptionalLong.empty(), 1, 1, List.of());
    return new Execution(outputs, new TreeMap<>(), 0, Optional.of(figures),
        request.simulation().taps() ? taps : List.of());
  }
}
