package io.bitwright.compiler;

import io.bitwright.frontend.quantise.Observations;
import io.bitwright.frontend.quantise.Quantizer;
import io.bitwright.ir.graph.Graph;
import io.bitwright.ir.graph.Node;
import io.bitwright.ir.rewrite.Pipeline;
import io.bitwright.ir.type.TensorType;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.LongStream;

/** Quantises float networks from generated inputs. */
public final class Quantization {
  /** How many inputs are generated. */
  public static final int FRAMES = 8;

  /** Far from the seeds that users count up from 1: other frames than those of {@code verify}. */
  private static final long FIRST_SEED = 0x43414C4942L;

  private final CompileOptions options;
  private final CompileObserver observer;

  Quantization(CompileOptions options, CompileObserver observer) {
    this.options = options;
    this.observer = observer;
  }

  /** The inputs that every network of these input types is calibrated with. */
  public static List<List<byte[]>> frames(List<TensorType> inputs) {
    return LongStream.range(0, FRAMES).mapToObj(i -> SeededInputs.frame(inputs, FIRST_SEED + i)).toList();
  }

  /**
   * The graph in int8; as it is where all of its arithmetic is on integers already.
   *
   * @throws io.bitwright.ir.diag.DiagnosticException if it cannot be quantised
   */
  Graph of(Graph graph) {
    if (Quantizer.isInteger(graph)) {
      return graph;
    }
    Pipeline.Observer passes = GraphPasses.reporting(" (f32)", options, observer);
    Graph prepared = Quantizer.prepare(graph, options.disabledPasses(), passes);
    Quantizer quantizer = new Quantizer();
    List<List<byte[]>> frames = frames(prepared.inputs().stream().map(Node::type).toList());
    Observations observations = timed("calibrate", () -> quantizer.observe(prepared, frames));
    return timed("quantize", () -> quantizer.quantize(prepared, observations));
  }

  private <T> T timed(String stage, Supplier<T> work) {
    long start = System.nanoTime();
    T result = work.get();
    observer.time(stage, System.nanoTime() - start);
    return result;
  }
}
