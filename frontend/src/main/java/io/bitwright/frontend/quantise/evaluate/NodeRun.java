package io.bitwright.frontend.quantise.evaluate;

import io.bitwright.frontend.quantise.work.Parallel;
import io.bitwright.ir.diag.Diagnostics;
import io.bitwright.ir.graph.Graph;
import io.bitwright.ir.graph.Node;
import io.bitwright.ir.interp.Interpreter;
import io.bitwright.ir.interp.Trace;
import io.bitwright.ir.kernel.Lowering;
import io.bitwright.ir.kernel.Program;
import io.bitwright.ir.kernel.Schedule;
import io.bitwright.ir.memory.MemoryPlan;
import io.bitwright.ir.memory.MemoryPlanner;
import io.bitwright.ir.op.Op;
import io.bitwright.ir.op.Rounding;
import io.bitwright.ir.type.TensorType;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.Collections;

/** One node on the interpreter, as a network of its own. */
final class NodeRun {
  private final int threads;

  NodeRun(int threads) {
    this.threads = threads;
  }

  /**
   * The node's result for each frame.
   *
   * @param operands  raw elements of the operands that are no constants, for each frame
   */
  List<byte[]> of(Node node, Map<Node, List<byte[]>> operands, int frames) {
    Set<Node> distinct = Collections.newSetFromMap(new IdentityHashMap<>());
    List<Node> fed = node.operands().stream().filter(o -> !o.isConstant() && distinct.add(o)).toList();
    Map<Node, Node> inputs = new IdentityHashMap<>();
    fed.forEach(o -> inputs.put(o, new Node(new Op.Input(), List.of(), o.type(), o.name(), o.location(), List.of())));
    Node alone = node.withOperands(node.operands().stream().map(o -> inputs.getOrDefault(o, o)).toList());
    Program program = Lowering.lower(
        new Graph(node.name(), fed.stream().map(inputs::get).toList(), List.of(alone)), new Diagnostics());
    MemoryPlan plan = MemoryPlanner.plan(program, Schedule.trivial(program));
    byte[][] results = new byte[frames][];
    Parallel.run(frames, threads, () -> {
      Interpreter interpreter = new Interpreter(plan);
      return f -> results[f] =
          interpreter.run(fed.stream().map(o -> operands.get(o).get(f)).toList(), Trace.NONE).get(0);
    }, done -> { });
    return Arrays.asList(results);
  }

  /** Reals in codes of a type. */
  List<byte[]> quantized(Node real, List<byte[]> reals, TensorType type) {
    Node node = real.replacedBy(new Op.Quantize(Rounding.TFLITE), List.of(real), type);
    return of(node, Map.of(real, reals), reals.size());
  }

  /** Codes as reals. */
  List<byte[]> dequantized(Node image, List<byte[]> codes) {
    if (image.type().isFloat()) {
      return codes;
    }
    Node node = image.replacedBy(new Op.Dequantize(), List.of(image), TensorType.f32(image.type().shape()));
    return of(node, Map.of(image, codes), codes.size());
  }
}
