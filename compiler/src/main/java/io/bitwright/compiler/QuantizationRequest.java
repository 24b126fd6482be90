package io.bitwright.compiler;

import io.bitwright.compiler.data.ModelTensor;
import io.bitwright.frontend.quantise.QuantizationSettings;
import java.util.List;
import java.util.stream.LongStream;

/**
 * How a float network is to be quantised.
 *
 * @param inputs  what it is calibrated with
 * @param settings  how its scales follow
 */
public record QuantizationRequest(Inputs inputs, QuantizationSettings settings) {
  /** How many inputs are generated. */
  public static final int GENERATED_FRAMES = 8;

  /** Far from the seeds that users count up from 1: other frames than those of {@code verify}. */
  private static final long FIRST_SEED = 0x43414C4942L;

  /** Inputs that are made up: uniform, the same for every network of these input types. */
  public static final QuantizationRequest GENERATED = new QuantizationRequest(
      tensors -> LongStream.range(0, GENERATED_FRAMES).mapToObj(
          i -> SeededInputs.frame(tensors.stream().map(ModelTensor::type).toList(), FIRST_SEED + i)).toList(),
      QuantizationSettings.PLAIN);

  /** Where the inputs come from. */
  @FunctionalInterface
  public interface Inputs {
    /**
     * The inferences to observe.
     *
     * @param tensors  the network's inputs, f32
     * @return per inference the raw inputs in the compiled network's order; at least one inference
     * @throws io.bitwright.ir.diag.DiagnosticException if they cannot be had
     */
    List<List<byte[]>> frames(List<ModelTensor> tensors);
  }
}
