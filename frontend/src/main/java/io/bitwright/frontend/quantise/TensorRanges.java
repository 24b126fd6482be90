package io.bitwright.frontend.quantise;

import io.bitwright.frontend.quantise.range.Limits;
import io.bitwright.frontend.quantise.range.Observation;
import io.bitwright.frontend.quantise.range.Observations;
import io.bitwright.frontend.quantise.range.Range;
import io.bitwright.frontend.quantise.range.Reach;
import io.bitwright.ir.diag.DiagnosticId;
import io.bitwright.ir.diag.Diagnostics;
import io.bitwright.ir.graph.Graph;
import io.bitwright.ir.graph.Node;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;

/** Chooses which reals the codes of each tensor are to reach. */
final class TensorRanges {
  /** The largest magnitude of a value: h-swish takes input scales below 2^24. */
  private static final float LARGEST = 0x1p30f;

  private final QuantizationSettings settings;
  private final Graph graph;
  private final Observations observations;
  private final double headroom;
  private final Set<Node> answers;
  private final Reach reach;
  private final Limits limits;

  TensorRanges(QuantizationSettings settings, Graph graph, Observations observations) {
    this.settings = settings;
    this.graph = graph;
    this.observations = observations;
    this.headroom = settings.headroom().orElse(settings.activations().headroom(Answers.areOfPlaces(graph)));
    this.answers = Answers.of(graph);
    this.reach = Reach.of(graph);
    this.limits = Limits.of(graph);
  }

  /**
   * Of every f32 node, constants too.
   *
   * @throws io.bitwright.ir.diag.DiagnosticException if weights or observations are not finite, or too large
   */
  Map<Node, Range> choose() {
    Diagnostics diagnostics = new Diagnostics();
    Map<Node, Range> ranges = new IdentityHashMap<>();
    for (Node node : graph.nodes()) {
      if (!node.type().isFloat()) {
        continue;
      }
      Range seen = node.isConstant() ? Range.of(node.constant().toRaw()) : observations.of(node).range();
      // What such a value leads to is no fault of its own.
      boolean first = node.operands().stream().allMatch(o -> !ranges.containsKey(o) || isUsable(ranges.get(o)));
      if (first) {
        check(diagnostics, node, seen);
      }
      ranges.put(node, node.isConstant() || !isUsable(seen) ? seen : reached(node));
    }
    diagnostics.throwIfErrors();
    return ranges;
  }

  /**
   * As if every tensor but the constants reached from -1 to 1.
   *
   * @throws io.bitwright.ir.diag.DiagnosticException if weights are not finite, or too large
   */
  static Map<Node, Range> withoutObservations(Graph graph) {
    Diagnostics diagnostics = new Diagnostics();
    Map<Node, Range> ranges = new IdentityHashMap<>();
    for (Node node : graph.nodes().stream().filter(n -> n.type().isFloat()).toList()) {
      Range range = node.isConstant() ? Range.of(node.constant().toRaw()) : new Range(-1, 1);
      check(diagnostics, node, range);
      ranges.put(node, range);
    }
    diagnostics.throwIfErrors();
    return ranges;
  }

  private static void check(Diagnostics diagnostics, Node node, Range range) {
    if (!isUsable(range)) {
      diagnostics.report(DiagnosticId.UNUSABLE_RANGE, node.location(), node.name(), range.min(), range.max(),
          String.valueOf(LARGEST));
    }
  }

  private static boolean isUsable(Range range) {
    return range.magnitude() <= LARGEST;
  }

  /** Codes of 16 bits need not choose: what is rare and what users hardly tell apart has codes too. */
  private Range reached(Node node) {
    Observation seen = observations.of(node);
    if (settings.activations() == ActivationWidth.INT16) {
      return extended(seen.range(), limits.of(node));
    }
    Observation within = seen.within(reach.of(node));
    Range chosen = answers.contains(node) ? within.range() : settings.ranges().range(within);
    return extended(chosen, limits.of(node)).within(reach.of(node));
  }

  private Range extended(Range range, Range most) {
    return headroom == 1 ? range : range.times(headroom).within(most);
  }
}
