package io.bitwright.conformance.cmsis;

import io.bitwright.conformance.Case;
import io.bitwright.conformance.ProgramBuilder;
import io.bitwright.conformance.Tolerance;
import io.bitwright.ir.kernel.Kernel.Reduction;
import io.bitwright.ir.kernel.Value;
import io.bitwright.ir.op.BinaryFunction;
import io.bitwright.ir.op.Padding;
import io.bitwright.ir.op.Rounding;
import io.bitwright.ir.op.Window;
import io.bitwright.ir.scalar.FixedPoint;
import io.bitwright.ir.scalar.Interval;
import io.bitwright.ir.type.Shape;
import java.util.List;

/** Makes a case of a vector: the program that its numbers describe, its input and its output. */
final class CmsisPrograms {
  private final CmsisVector v;
  private final ProgramBuilder program = new ProgramBuilder();
  private final CmsisLayers layers;

  private CmsisPrograms(CmsisVector vector, Rounding rounding) {
    this.v = vector;
    this.layers = new CmsisLayers(program, rounding);
  }

  /** The case, with {@link Rounding#TFLITE} the one that CMSIS-NN computed. */
  static Case of(Family family, CmsisVector vector, Rounding rounding) {
    CmsisPrograms made = new CmsisPrograms(vector, rounding);
    Value output = made.output(family);
    List<byte[]> inputs = switch (family) {
      case MUL -> List.of(vector.bytes("input1"), vector.bytes("input2"));
      case ELEMENTWISE_EXTREME -> List.of(vector.bytes("input_tensor_1"), vector.bytes("input_tensor_2"));
      default -> List.of(vector.bytes("input", "input_tensor"));
    };
    return new Case(vector.name(), made.program.build(vector.name(), output), inputs,
        List.of(vector.bytes("output_ref", "output")), Tolerance.NONE);
  }

  private Value output(Family family) {
    return switch (family) {
      case CONVOLUTION, GROUPED -> layers.convolution(v, image());
      case DEPTHWISE -> layers.depthwise(v, image());
      case FULLY_CONNECTED -> layers.fullyConnected(v,
          program.input(Shape.of(v.param("INPUT_BATCHES"), 1, 1, v.param("ACCUMULATION_DEPTH"))));
      case AVERAGE -> pool(Reduction.SUM);
      case MAXIMUM -> pool(Reduction.MAX);
      case PAD -> pad();
      case MUL -> mul();
      case NETWORK -> dsCnn();
      case ELEMENTWISE_EXTREME -> extreme();
      case TRANSPOSED_CONVOLUTION, TRANSPOSE ->
          throw new IllegalArgumentException(family + " is not taken");
    };
  }

  private Value image() {
    return program.input(v.shape("INPUT_BATCHES", "INPUT_H", "INPUT_W", "IN_CH"));
  }

  private Value pool(Reduction reduction) {
    Value input = program.input(v.shape("INPUT_N", "INPUT_H", "INPUT_W", "INPUT_C"));
    Shape out = v.shape("INPUT_N", "OUTPUT_H", "OUTPUT_W", "OUTPUT_C");
    Window window = new Window(v.param("FILTER_H"), v.param("FILTER_W"), v.param("STRIDE_H"), v.param("STRIDE_W"),
        1, 1, Padding.NONE);
    return layers.pool(reduction, window, v.param("PADDING_H"), v.param("PADDING_W"),
        v.limits("ACTIVATION_MIN", "ACTIVATION_MAX"), input, out);
  }

  private Value pad() {
    Value input = program.input(v.shape("INPUT_N", "INPUT_H", "INPUT_W", "INPUT_C"));
    List<Integer> before = sides("PRE_PAD_");
    List<Integer> after = sides("POST_PAD_");
    int[] out = new int[4];
    for (int i = 0; i < 4; i++) {
      out[i] = before.get(i) + input.shape().dim(i) + after.get(i);
    }
    return layers.pad(input, before, Shape.of(out), v.param("PAD_VALUE"));
  }

  private List<Integer> sides(String prefix) {
    return List.of(v.param(prefix + "N"), v.param(prefix + "H"), v.param(prefix + "W"), v.param(prefix + "C"));
  }

  private Value mul() {
    Shape shape = Shape.of(1, 1, 1, v.param("DST_SIZE"));
    return layers.mul(v, program.input(shape), program.input(shape));
  }

  private Value extreme() {
    Value a = program.input(v.shape("BATCH_1", "HEIGHT_1", "WIDTH_1", "CHANNEL_1"));
    Value b = program.input(v.shape("BATCH_2", "HEIGHT_2", "WIDTH_2", "CHANNEL_2"));
    BinaryFunction function = v.name().startsWith("minimum") ? BinaryFunction.MIN : BinaryFunction.MAX;
    return layers.elementwise(
        function, a, b, v.shape("OUTPUT_BATCH", "OUTPUT_HEIGHT", "OUTPUT_WIDTH", "OUTPUT_CHANNEL"));
  }

  /** The keyword-spotting network: a convolution, four depthwise separable blocks, a pool, a classifier. */
  private Value dsCnn() {
    CmsisVector first = layer(1, "CONV_2D");
    Value x = layers.convolution(first, program.input(Shape.of(1, first.param("INPUT_H"), first.param("INPUT_W"),
        first.param("IN_CH"))));
    for (int i = 2; i < 10; i += 2) {
      x = layers.depthwise(layer(i, "DEPTHWISE_CONV_2D"), x);
      x = layers.convolution(layer(i + 1, "CONV_2D"), x);
    }
    CmsisVector pool = layer(10, "AVERAGE_POOL_2D");
    Window window = new Window(pool.param("FILTER_H"), pool.param("FILTER_W"), pool.param("STRIDE_H"),
        pool.param("STRIDE_W"), 1, 1, Padding.NONE);
    x = layers.pool(Reduction.SUM, window, pool.param("PAD_H"), pool.param("PAD_W"), Interval.INT8, x,
        Shape.of(1, pool.param("OUTPUT_H"), pool.param("OUTPUT_W"), x.c()));
    x = layers.fullyConnected(layer(12, "FULLY_CONNECTED"), program.reshaped(x, Shape.of(1, 1, 1, x.c())));
    CmsisVector softmax = layer(13, "SOFTMAX");
    return layers.softmax(new FixedPoint(softmax.param("MULT"), softmax.param("SHIFT")), x);
  }

  private CmsisVector layer(int index, String operator) {
    return v.part(operator + "_" + index + "_",
        "layer_" + index + "_" + operator.toLowerCase(java.util.Locale.ROOT) + "_");
  }
}
