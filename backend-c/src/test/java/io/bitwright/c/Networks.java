package io.bitwright.c;

import io.bitwright.boards.Board;
import io.bitwright.ir.diag.DiagnosticException;
import io.bitwright.ir.diag.Diagnostics;
import io.bitwright.ir.graph.Graph;
import io.bitwright.ir.graph.text.GraphParser;
import io.bitwright.ir.interp.Interpreter;
import io.bitwright.ir.interp.Trace;
import io.bitwright.ir.kernel.Lowering;
import io.bitwright.ir.kernel.Program;
import io.bitwright.ir.kernel.Schedule;
import io.bitwright.ir.memory.MemoryPlan;
import io.bitwright.ir.memory.MemoryPlanner;
import io.bitwright.target.EmitRequest;
import io.bitwright.testkit.RandomGraphs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Small networks to emit. */
final class Networks {
  static final Board HOST = new Board("host", "this computer", "x86-64", 1, Optional.empty(), "gcc", "-O2", "");

  /** The smallest network with a depthwise and a pointwise convolution, a table and a softmax. */
  static final String SMALL = """
      graph @small {
        %0 = input : tensor<1x4x4x2 x i8, q(0.05, -1)> "picture"
        %1 = constant seeded(1) : tensor<1x3x3x2 x i8, q(0.01, 0)>
        %2 = constant [5, -6] : tensor<2 x i32>
        %3 = depthwise_conv2d %0, %1, %2 {multiplier=1, kernel=3x3, stride=2x2, pad=[0,1,0,1], round=tflite} : tensor<1x2x2x2 x i8, q(0.07, -5)> "block/depthwise" origins=[0]
        %4 = constant seeded(2) : tensor<3x1x1x2 x i8, q(0.02, 0)>
        %5 = conv2d %3, %4 {kernel=1x1, clamp=[-5,127], round=tflite} : tensor<1x2x2x3 x i8, q(0.06, -5)> "block/pointwise" origins=[1]
        %6 = mean %5 {axes=[1,2], keep_dims=false, round=tflite} : tensor<1x3 x i8, q(0.06, -5)> "mean" origins=[2]
        %7 = softmax %6 {beta=1.0} : tensor<1x3 x i8, q(0.00390625, -128)> "classes" origins=[3]
        return %7
      }
      """;

  private Networks() {}

  static Optional<Program> lower(Graph graph) {
    try {
      return Optional.of(Lowering.lower(graph, new Diagnostics()));
    } catch (DiagnosticException e) {
      return Optional.empty();
    }
  }

  static MemoryPlan plan(String text) {
    return trivialPlan(lower(GraphParser.parse(text)).orElseThrow());
  }

  static MemoryPlan trivialPlan(Program program) {
    return MemoryPlanner.plan(program, Schedule.trivial(program));
  }

  /** Emission of a random graph that can be lowered, at least the seed's. */
  static EmitRequest random(long seed) {
    for (long s = seed;; s += 1000) {
      Graph graph = RandomGraphs.graph(s);
      Optional<Program> program = lower(graph);
      if (program.isPresent()) {
        return request("net", trivialPlan(program.get()), RandomGraphs.inputs(graph, s));
      }
    }
  }

  /** A request with a self-test that the interpreter recorded. */
  static EmitRequest request(String name, MemoryPlan plan, List<byte[]> inputs) {
    List<byte[]> outputs = new Interpreter(plan).run(inputs, Trace.NONE);
    return new EmitRequest(name, name + ".tflite", plan, HOST, Optional.of(new EmitRequest.Recording(inputs, outputs)));
  }

  static void write(EmitRequest request, Path folder) throws IOException {
    for (var file : new CTarget().emit(request).files().entrySet()) {
      Files.write(folder.resolve(file.getKey()), file.getValue());
    }
  }

  static String text(EmitRequest request, String file) {
    return new String(new CTarget().emit(request).files().get(file), StandardCharsets.UTF_8);
  }
}
