package io.bitwright.conformance.hls;

import io.bitwright.boards.Boards;
import io.bitwright.conformance.Oracle;
import io.bitwright.conformance.Tolerance;
import io.bitwright.dataflow.DataflowPlan;
import io.bitwright.hls.HlsTarget;
import io.bitwright.ir.interp.Interpreter;
import io.bitwright.ir.interp.Trace;
import io.bitwright.ir.kernel.Program;
import io.bitwright.ir.kernel.Schedule;
import io.bitwright.ir.memory.MemoryPlan;
import io.bitwright.ir.memory.MemoryPlanner;
import io.bitwright.runners.BuildCache;
import io.bitwright.runners.RunRequest;
import io.bitwright.runners.hls.HlsCompiler;
import io.bitwright.runners.hls.HlsExecutor;
import io.bitwright.runners.hls.HlsRun;
import io.bitwright.target.EmitRequest;
import io.bitwright.target.HardwareOptions;
import io.bitwright.target.OutputTree;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A chain of kernels, what it is fed, and how it is rendered.
 *
 * @param frames  inputs as the model types them, back to back
 */
record HlsCase(String name, Program program, List<byte[]> frames, HardwareOptions options) {
  static HlsCase of(String name, Program program, List<byte[]> frames, int lanes) {
    return new HlsCase(name, program, frames,
        new HardwareOptions(OptionalInt.of(lanes), HardwareOptions.Pragmas.VITIS, false));
  }

  HlsCase with(HardwareOptions.Pragmas pragmas) {
    return new HlsCase(name, program, frames, new HardwareOptions(options.lanes(), pragmas, options.probes()));
  }

  HlsCase withFrames(int count) {
    return new HlsCase(name, program, frames.subList(0, count), options);
  }

  MemoryPlan memory() {
    return MemoryPlanner.plan(program, Schedule.trivial(program));
  }

  private EmitRequest request() {
    return new EmitRequest("net", name, memory(), Boards.find("host").board(), Optional.empty(), options);
  }

  DataflowPlan plan() {
    return HlsTarget.plan(request());
  }

  OutputTree tree() {
    return new HlsTarget().emit(request());
  }

  /** Simulates all frames; records the stages' tensors where wanted. */
  HlsRun simulate(HlsCompiler compiler, long seed, boolean layers) {
    EmitRequest request = request();
    RunRequest run = new RunRequest(
        request, new HlsTarget().emit(request), frames.stream().map(List::of).toList(), layers);
    return new HlsExecutor(compiler, BuildCache.ofUser(), Duration.ofMinutes(10)).simulate(run, seed);
  }

  /** Where outputs and recorded tensors differ from the interpreter's. */
  List<String> differences(HlsRun run) {
    Interpreter interpreter = new Interpreter(memory());
    List<String> found = new ArrayList<>();
    for (int f = 0; f < frames.size(); f++) {
      List<byte[]> expected = interpreter.run(List.of(frames.get(f)), Trace.NONE);
      Oracle.difference(name + " frame " + f, expected.get(0), run.execution().outputs().get(f).get(0), Tolerance.NONE)
          .ifPresent(found::add);
    }
    return found;
  }

  /** Where the first frame's tensors differ from the interpreter's; every operator's must have been recorded. */
  List<String> layerDifferences(HlsRun run) {
    SortedMap<Integer, byte[]> expected = new TreeMap<>();
    new Interpreter(memory()).run(List.of(frames.get(0)), expected::put);
    SortedMap<Integer, byte[]> actual = run.execution().layers();
    List<String> found = new ArrayList<>();
    if (!expected.keySet().equals(actual.keySet())) {
      found.add(name + ": tensors of operators " + actual.keySet() + ", not " + expected.keySet());
    }
    expected.forEach((operator, bytes) -> {
      if (actual.containsKey(operator)) {
        Oracle.difference(name + " operator " + operator, bytes, actual.get(operator), Tolerance.NONE)
            .ifPresent(found::add);
      }
    });
    return found;
  }

  @Override
  public String toString() {
    return name;
  }
}
