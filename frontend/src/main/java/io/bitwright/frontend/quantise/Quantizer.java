package io.bitwright.frontend.quantise;

import io.bitwright.frontend.quantise.equalise.CrossLayerEqualisation;
import io.bitwright.frontend.quantise.equalise.HighBiasAbsorption;
import io.bitwright.frontend.quantise.evaluate.BiasCorrection;
import io.bitwright.frontend.quantise.evaluate.Quantized;
import io.bitwright.frontend.quantise.range.Calibration;
import io.bitwright.frontend.quantise.range.Observations;
import io.bitwright.frontend.quantise.range.Range;
import io.bitwright.frontend.quantise.work.Progress;
import io.bitwright.frontend.writeout.WriteOutHardSigmoid;
import io.bitwright.frontend.writeout.WriteOutHardSwish;
import io.bitwright.frontend.writeout.WriteOutSwish;
import io.bitwright.ir.diag.DiagnosticId;
import io.bitwright.ir.diag.Diagnostics;
import io.bitwright.ir.graph.Graph;
import io.bitwright.ir.graph.GraphVerifier;
import io.bitwright.ir.graph.Node;
import io.bitwright.ir.op.Op;
import io.bitwright.ir.rewrite.Pass;
import io.bitwright.ir.rewrite.Pipeline;
import io.bitwright.ir.rewrite.Promise;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Post-training quantisation of f32 graphs to int8: prepare, observe, quantise. docs/quantisation.md says how scales
 * are chosen. Immutable; the same graph and frames give the same result, whatever the number of threads.
 */
public final class Quantizer {
  /** As many frames settle the mean of a channel's many elements. */
  private static final int CORRECTION_FRAMES = 32;

  private static final Pass WIDE_FORM = new Pass("say-in-16-bits", Promise.REALS,
      "Functions without a form in 16 bits are written out.",
      List.of(new WriteOutHardSwish(), new WriteOutHardSigmoid(), new WriteOutSwish()));

  private final QuantizationSettings settings;
  private final int threads;
  private final Progress progress;

  /** For made-up inputs; as many threads as there are processors. */
  public Quantizer() {
    this(QuantizationSettings.PLAIN, Runtime.getRuntime().availableProcessors(), Progress.NONE);
  }

  public Quantizer(QuantizationSettings settings, int threads, Progress progress) {
    this.settings = settings;
    this.threads = threads;
    this.progress = progress;
  }

  /** Whether every tensor of a graph is f32, or holds indices into one that is. */
  public static boolean isReal(Graph graph) {
    return graph.nodes().stream().allMatch(Quantizer::isReal);
  }

  private static boolean isReal(Node node) {
    return node.isConstant() || node.type().isFloat()
        || node.op() instanceof Op.ArgMax && node.operand(0).type().isFloat();
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
          graph.nodes().stream().filter(n -> !isReal(n)).findFirst().orElseThrow();
      diagnostics.report(DiagnosticId.QUANTISED_IN_PART, quantised.location(), quantised.name(),
          quantised.type().element().text());
    }
    diagnostics.throwIfErrors();
    return Preparation.run(graph, disabled, observer);
  }

  /**
   * The whole way from a prepared graph: equalised, observed, quantised and corrected, as the settings say.
   *
   * @param frames  per inference the raw f32 inputs; at least one
   * @throws io.bitwright.ir.diag.DiagnosticException if weights or observations are not finite, or too large
   */
  public Quantized run(Graph prepared, List<List<byte[]>> frames) {
    Graph graph = formed(prepared);
    boolean clips = settings.equalisation() == Equalisation.ALL;
    if (settings.equalisation() != Equalisation.NONE && CrossLayerEqualisation.applies(graph, clips)) {
      graph = CrossLayerEqualisation.apply(graph, withMoments(graph, frames), clips);
    }
    if (settings.absorbBiases()) {
      graph = HighBiasAbsorption.apply(graph, withMoments(graph, frames));
    }
    Quantized quantized = integers(graph, observe(graph, frames));
    if (settings.correctBiases()) {
      List<List<byte[]>> some = frames.subList(0, Math.min(frames.size(), CORRECTION_FRAMES));
      quantized = BiasCorrection.apply(quantized, some, threads, progress);
      GraphVerifier.check(quantized.codes(), "correction of biases");
    }
    return quantized;
  }

  private Observations withMoments(Graph graph, List<List<byte[]>> frames) {
    return new Calibration(graph, true).observe(frames, threads, progress);
  }

  /**
   * What the tensors of a prepared graph hold while it runs.
   *
   * @param frames  per inference the raw f32 inputs; at least one
   */
  public Observations observe(Graph prepared, List<List<byte[]>> frames) {
    return new Calibration(prepared, false).observe(frames, threads, progress);
  }

  /**
   * A prepared graph in int8. Origins stay: each tensor is that of the same source operator, in codes.
   *
   * @throws io.bitwright.ir.diag.DiagnosticException if weights or observations are not finite, or too large
   */
  public Graph quantize(Graph prepared, Observations observations) {
    return integers(prepared, observations).codes();
  }

  /**
   * A prepared graph in codes as if every tensor reached from -1 to 1: the operators are those of {@link #run}, known before
   * any inference.
   *
   * @throws io.bitwright.ir.diag.DiagnosticException if weights are not finite, or too large
   */
  public Graph outline(Graph prepared) {
    Graph graph = formed(prepared);
    Map<Node, Range> ranges = TensorRanges.withoutObservations(graph);
    return IntegerForm.of(graph, ActivationTypes.choose(graph, ranges, settings.activations()), settings.weights()).codes();
  }

  private Graph formed(Graph prepared) {
    return settings.activations() == ActivationWidth.INT16 ? WIDE_FORM.apply(prepared) : prepared;
  }

  private Quantized integers(Graph prepared, Observations observations) {
    Map<Node, Range> ranges = new TensorRanges(settings, prepared, observations).choose();
    Quantized result =
        IntegerForm.of(prepared, ActivationTypes.choose(prepared, ranges, settings.activations()), settings.weights());
    GraphVerifier.check(result.codes(), "quantisation");
    return result;
  }
}
