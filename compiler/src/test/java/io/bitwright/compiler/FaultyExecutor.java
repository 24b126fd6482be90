package io.bitwright.compiler;

import io.bitwright.ir.interp.Interpreter;
import io.bitwright.ir.interp.Trace;
import io.bitwright.runners.Execution;
import io.bitwright.runners.Executor;
import io.bitwright.runners.ExternalTool;
import io.bitwright.runners.RunRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Runs the interpreter and gets one element wrong: the first of operator 3's output and of each output. */
public final class FaultyExecutor implements Executor {
  @Override
  public String name() {
    return "faulty";
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
    Interpreter interpreter = new Interpreter(request.emitted().plan());
    SortedMap<Integer, byte[]> layers = new TreeMap<>();
    List<List<byte[]>> outputs = new ArrayList<>();
    for (List<byte[]> frame : request.frames()) {
      List<byte[]> output = interpreter.run(frame, request.layers() ? layers::put : Trace.NONE);
      output.get(0)[0]++;
      outputs.add(output);
    }
    layers.computeIfPresent(3, (operator, raw) -> {
      raw[0]++;
      return raw;
    });
    return new Execution(outputs, layers, 1);
  }
}
