package io.bitwright.frontend.quantise;

import io.bitwright.frontend.quantise.work.Progress;
import io.bitwright.ir.diag.Diagnostics;
import io.bitwright.ir.graph.Graph;
import io.bitwright.ir.graph.Node;
import io.bitwright.ir.graph.text.GraphParser;
import io.bitwright.ir.kernel.Lowering;
import io.bitwright.ir.rewrite.Pipeline;
import io.bitwright.ir.type.Quantization.PerTensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** Small graphs as text, in f32 and quantised. */
final class QuantisedText {
  private QuantisedText() {}

  /** A graph of some statements; tensors are named as their values. */
  static Graph parse(String statements) {
    String named = statements.replaceAll("(?m)^(%(\\w+) = .*>)$", "$1 \"$2\"");
    return GraphParser.parse("graph @g {\n" + named + "\n}\n");
  }

  static Graph prepared(String statements) {
    return Quantizer.prepare(parse(statements), Set.of(), Pipeline.Observer.NONE);
  }

  static byte[] raw(float... values) {
    ByteBuffer raw = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    raw.asFloatBuffer().put(values);
    return raw.array();
  }

  /** Prepared, calibrated with frames of one input, quantised, and lowered, so that every operator takes its scales. */
  static Graph quantise(QuantizationSettings settings, String statements, float[]... frames) {
    List<List<byte[]>> raw = Arrays.stream(frames).map(f -> List.of(raw(f))).toList();
    Graph graph = new Quantizer(settings, 2, Progress.NONE).run(prepared(statements), raw).codes();
    Lowering.lower(graph, new Diagnostics());
    return graph;
  }

  static Node node(Graph graph, String name) {
    return graph.nodes().stream().filter(n -> n.name().equals(name)).findFirst().orElseThrow();
  }

  static PerTensor of(Graph graph, String name) {
    return (PerTensor) node(graph, name).type().quantization();
  }
}
