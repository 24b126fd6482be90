package io.bitwright.frontend.onnx;

import io.bitwright.ir.diag.Diagnostics;
import io.bitwright.ir.graph.Graph;
import io.bitwright.ir.graph.Node;
import io.bitwright.ir.interp.Interpreter;
import io.bitwright.ir.interp.Trace;
import io.bitwright.ir.kernel.Lowering;
import io.bitwright.ir.kernel.Program;
import io.bitwright.ir.kernel.Schedule;
import io.bitwright.ir.memory.MemoryPlanner;
import io.bitwright.ir.passes.StandardPipeline;
import java.util.ArrayList;
import java.util.List;

/** Runs graphs on the interpreter, with inputs and outputs as the source file sees them. */
final class GraphRun {
  private GraphRun() {}

  static List<byte[]> run(Graph graph, List<byte[]> inputs) {
    return run(graph, graph, inputs);
  }

  /** Runs a rewritten graph. */
  static List<byte[]> run(Graph source, Graph graph, List<byte[]> inputs) {
    Diagnostics diagnostics = new Diagnostics();
    Program program = Lowering.lower(graph, diagnostics);
    List<byte[]> fed = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      int size = source.inputs().get(i).type().element().sizeBytes();
      fed.add(source.sourceViews().inputs().get(i).toMemory(inputs.get(i), size));
    }
    List<byte[]> raw =
        new Interpreter(MemoryPlanner.plan(program, Schedule.trivial(program))).run(fed, Trace.NONE);
    List<byte[]> outputs = new ArrayList<>();
    for (int i = 0; i < raw.size(); i++) {
      Node node = source.outputs().get(i);
      outputs.add(source.sourceViews().outputs().get(i).toOwn(raw.get(i), node.type().element().sizeBytes()));
    }
    return outputs;
  }

  static Graph optimised(Graph graph) {
    return StandardPipeline.create().run(graph);
  }
}
