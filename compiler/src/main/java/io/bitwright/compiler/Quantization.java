package io.bitwright.compiler;

import io.bitwright.frontend.quantise.Quantizer;
import io.bitwright.frontend.quantise.evaluate.Quantized;
import io.bitwright.frontend.quantise.evaluate.Sensitivity;
import io.bitwright.ir.graph.Graph;
import io.bitwright.ir.rewrite.Pipeline;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** Quantises float networks. */
public final class Quantization {
  /** The table of what quantisation costs needs few: signal and noise are sums over whole tensors. */
  private static final int COMPARED_FRAMES = 8;

  private static final int THREADS = Runtime.getRuntime().availableProcessors();

  private final CompileOptions options;
  private final CompileObserver observer;

  public Quantization(CompileOptions options, CompileObserver observer) {
    this.options = options;
    this.observer = observer;
  }

  /**
   * A network beside its quantised form.
   *
   * @param frames  what it was calibrated with
   */
  public record Result(Quantized network, List<List<byte[]>> frames) {}

  /**
   * The graph in int8; as it is where all of its arithmetic is on integers already.
   *
   * @throws io.bitwright.ir.diag.DiagnosticException if it cannot be quantised
   */
  Graph of(Graph graph, QuantizationRequest request) {
    return Quantizer.isInteger(graph) ? graph : run(graph, request, prepared -> prepared).network().codes();
  }

  /**
   * Quantises a float graph.
   *
   * @param form  what becomes of the graph before it is observed: the form in which it is to be quantised
   * @throws io.bitwright.ir.diag.DiagnosticException if it cannot be quantised
   */
  public Result run(Graph graph, QuantizationRequest request, UnaryOperator<Graph> form) {
    Pipeline.Observer passes = GraphPasses.reporting(" (f32)", options, observer);
    Graph prepared = form.apply(Quantizer.prepare(graph, options.disabledPasses(), passes));
    List<List<byte[]>> frames = timed("read calibration inputs",
        () -> request.inputs().frames(Network.tensors(prepared.inputs(), graph.sourceViews().inputs())));
    Quantizer quantizer = new Quantizer(request.settings(), THREADS, observer::progress);
    return timed("quantize", () -> new Result(quantizer.run(prepared, frames), frames));
  }

  /** What the quantisation costs, operator by operator, on the first of the frames. */
  public List<Sensitivity.Row> sensitivity(Result result) {
    List<List<byte[]>> some = result.frames().subList(0, Math.min(COMPARED_FRAMES, result.frames().size()));
    return timed("compare", () -> Sensitivity.of(result.network(), some, THREADS, observer::progress));
  }

  private <T> T timed(String stage, Supplier<T> work) {
    long start = System.nanoTime();
    T result = work.get();
    observer.time(stage, System.nanoTime() - start);
    return result;
  }
}
