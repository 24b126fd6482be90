package io.bitwright.frontend.quantise;

import io.bitwright.ir.diag.DiagnosticId;
import io.bitwright.ir.diag.Diagnostics;
import io.bitwright.ir.graph.Graph;
import io.bitwright.ir.graph.GraphVerifier;
import io.bitwright.ir.graph.Node;
import io.bitwright.ir.op.Op;
import io.bitwright.ir.rewrite.Pipeline;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Post-training quantisation of f32 graphs to int8: prepare, observe, quantise. docs/quantisation.md says how scales
 * are chosen. Immutable; the same graph and frames give the same result, whatever the number of threads.
 */
public final class Quantizer {
  /** The largest magnitude of a value: h-swish takes input scales below 2^24. */
  private static final float LARGEST = 0x1p30f;

  private final RangePolicy policy;
  private final int threads;

  /** Ranges reach over all that was observed; as many threads as there are processors. */
  public Quantizer() {
    this(RangePolicy.MIN_MAX, Runtime.getRuntime().availableProcessors());
  }

  public Quantizer(RangePolicy policy, int threads) {
    this.policy = policy;
    this.threads = threads;
  }

  /** Whether every tensor of a graph is f32. */
  public static boolean isReal(Graph graph) {
    return graph.nodes().stream().allMatch(n -> n.isConstant() || n.type().isFloat());
  }

  /** Whether all of a graph's arithmetic is on integers: f32 at most before quantise and after dequantise operators. */
  public static boolean isInteger(Graph graph) {
    return graph.nodes().stream().noneMatch(n -> n.type().isFloat() && isArithmetic(n.op()));
  }

  private static boolean isArithmetic(Op op) {
    return !(op instanceof Op.Constant || op instanceof Op.Input || op instanceof Op.Dequantize
        || op instanceof Op.Reshape);
  }

  /**
   * The passes that stand before quantisation: scales are folded, activations fused, batch norms are convolutions.
   *
   * @param graph  f32
   * @param disabled  passes left out, by name
   * @throws io.bitwright.ir.diag.DiagnosticException if the graph is quantised in part
   */
  public static Graph prepare(Graph graph, Set<String> disabled, Pipeline.Observer observer) {
    Diagnostics diagnostics = new Diagnostics();
    if (!isReal(graph)) {
      Node quantised =
          graph.nodes().stream().filter(n -> !n.isConstant() && !n.type().isFloat()).findFirst().orElseThrow();
      diagnostics.report(DiagnosticId.QUANTISED_IN_PART, quantised.location(), quantised.name(),
          quantised.type().element().text());
    }
    diagnostics.throwIfErrors();
    return Preparation.run(graph, disabled, observer);
  }

  /**
   * What the tensors of a prepared graph hold while it runs.
   *
   * @param frames  per inference the raw f32 inputs; at least one
   */
  public Observations observe(Graph prepared, List<List<byte[]>> frames) {
    return new Calibration(prepared).observe(frames, threads);
  }

  /**
   * A prepared graph in int8. Origins stay: each tensor is that of the same source operator, in codes.
   *
   * @throws io.bitwright.ir.diag.DiagnosticException if weights or observations are not finite, or too large
   */
  public Graph quantize(Graph prepared, Observations observations) {
    Map<Node, Range> ranges = ranges(prepared, observations);
    Graph result = IntegerForm.of(prepared, ActivationTypes.choose(prepared, ranges));
    GraphVerifier.check(result, "quantisation");
    return result;
  }

  private Map<Node, Range> ranges(Graph graph, Observations observations) {
    Diagnostics diagnostics = new Diagnostics();
    Map<Node, Range> ranges = new IdentityHashMap<>();
    for (Node node : graph.nodes()) {
      if (node.isConstant() && !node.type().isFloat()) {
        continue;
      }
      Range range = node.isConstant() ? Range.of(node.constant().toRaw()) : policy.range(node, observations);
      ranges.put(node, range);
      // What such a value leads to is no fault of its own.
      boolean first = node.operands().stream().allMatch(o -> isUsable(ranges.get(o)));
      if (first && !isUsable(range)) {
        diagnostics.report(DiagnosticId.UNUSABLE_RANGE, node.location(), node.name(), range.min(), range.max(),
            String.valueOf(LARGEST));
      }
    }
    diagnostics.throwIfErrors();
    return ranges;
  }

  private static boolean isUsable(Range range) {
    return range.magnitude() <= LARGEST;
  }
}
