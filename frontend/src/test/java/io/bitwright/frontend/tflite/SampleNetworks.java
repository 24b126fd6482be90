package io.bitwright.frontend.tflite;

import static io.bitwright.frontend.tflite.TestModel.FLOAT32;
import static io.bitwright.frontend.tflite.TestModel.INT32;
import static io.bitwright.frontend.tflite.TestModel.INT8;
import static io.bitwright.frontend.tflite.TestModel.UINT8;
import static io.bitwright.frontend.tflite.TestModel.of;

import io.bitwright.frontend.flatbuffer.FlatWriter.Fields;

/** Small networks that import; together they have every operator that can be imported. */
final class SampleNetworks {
  private static final double SCALE = 0.05;

  private SampleNetworks() {}

  /** Pad, strided convolution, depthwise convolution, add, mean, a folded reshape, softmax. */
  static TestModel int8() {
    TestModel m = new TestModel();
    int x = m.quantized("x", INT8, SCALE, -3, 1, 6, 7, 3);
    int paddings = m.fill(m.tensor("paddings", INT32, 4, 2), TestModel.bytes(0, 0, 0, 1, 0, 1, 0, 0));
    int padded = m.quantized("padded", INT8, SCALE, -3, 1, 7, 8, 3);
    m.operator("PAD", of(x, paddings), of(padded), 0, null);
    int w0 = m.fill(m.tensor("w0", INT8, 4, 3, 3, 3), new byte[108]);
    m.quantize(w0, new float[] {.1f, .2f, .3f, .4f}, new long[4], 0);
    int b0 = m.ints("b0", 1, 2, 3, 4);
    int conv = m.quantized("conv", INT8, SCALE, -128, 1, 3, 2, 4);
    m.operator("CONV_2D", of(padded, w0, b0), of(conv), 1, window(1, 3, 2).with(3, (byte) 3));
    int w1 = m.fill(m.tensor("w1", INT8, 1, 3, 3, 4), new byte[36]);
    m.quantize(w1, new float[] {.1f, .2f, .3f, .4f}, null, 3);
    int depthwise = m.quantized("depthwise", INT8, SCALE, -128, 1, 3, 2, 4);
    m.operator("DEPTHWISE_CONV_2D", of(conv, w1, -1), of(depthwise), 2, window(0, 1, 1).with(3, 1));
    int sum = m.quantized("sum", INT8, 0.1, 0, 1, 3, 2, 4);
    m.operator("ADD", of(conv, depthwise), of(sum), 11, Fields.of());
    int swish = m.quantized("swish", INT8, 0.1, 0, 1, 3, 2, 4);
    m.operator("HARD_SWISH", of(sum), of(swish), 0, null);
    int mean = m.quantized("mean", INT8, 0.1, 1, 1, 4);
    m.operator("MEAN", of(swish, m.ints("axes", 1, -2)), of(mean), 27, Fields.of().with(0, false));
    m.ends(of(x), of(softmax(m, foldedReshape(m, mean), INT8, -128)));
    return m;
  }

  private static int foldedReshape(TestModel m, int mean) {
    int shape = m.tensor("shape", INT32, 2);
    m.operator("SHAPE", of(mean), of(shape), 55, Fields.of());
    int batch = m.tensor("batch", INT32);
    m.operator("STRIDED_SLICE", of(shape, m.ints("from", 0), m.ints("to", 1), m.ints("step", 1)), of(batch), 32,
        Fields.of().with(4, 1));
    int packed = m.tensor("packed", INT32, 3);
    int one = m.fill(m.tensor("one", INT32), TestModel.bytes(1));
    int rest = m.fill(m.tensor("rest", INT32), TestModel.bytes(-1));
    m.operator("PACK", of(batch, one, rest), of(packed), 59, Fields.of().with(0, 3));
    int reshaped = m.quantized("reshaped", INT8, 0.1, 1, 1, 1, 4);
    m.operator("RESHAPE", of(mean, packed), of(reshaped), 0, null);
    return reshaped;
  }

  private static int softmax(TestModel m, int x, int type, int zeroPoint) {
    int probabilities = m.quantized("probabilities", type, 1.0 / 256, zeroPoint, 1, 1, 4);
    m.operator("SOFTMAX", of(x), of(probabilities), 9, Fields.of().with(0, 1f));
    return probabilities;
  }

  /** Weights with a zero point, both pools, concatenation with itself, fully connected, logistic. */
  static TestModel uint8() {
    TestModel m = new TestModel();
    int x = m.quantized("x", UINT8, SCALE, 128, 1, 8, 8, 2);
    int average = m.quantized("average", UINT8, SCALE, 128, 1, 4, 4, 2);
    m.operator("AVERAGE_POOL_2D", of(x), of(average), 5, window(1, 2, 2).with(3, 2).with(4, 2));
    int max = m.quantized("max", UINT8, SCALE, 128, 1, 4, 4, 2);
    m.operator("MAX_POOL_2D", of(x), of(max), 5, window(0, 2, 2).with(3, 3).with(4, 3));
    int both = m.quantized("both", UINT8, SCALE, 128, 1, 4, 4, 4);
    m.operator("CONCATENATION", of(average, max), of(both), 10, Fields.of().with(0, -1));
    int w = m.fill(m.quantized("w", UINT8, 0.01, 100, 3, 64), new byte[192]);
    int fc = m.quantized("fc", UINT8, 0.2, 7, 1, 3);
    m.operator("FULLY_CONNECTED", of(both, w, m.ints("b", 1, 2, 3)), of(fc), 8, Fields.of().with(0, (byte) 1));
    int relu = m.quantized("relu", UINT8, 0.2, 7, 1, 3);
    m.operator("RELU6", of(fc), of(relu), 0, null);
    int sigmoid = m.quantized("sigmoid", UINT8, 1.0 / 256, 0, 1, 3);
    m.operator("LOGISTIC", of(relu), of(sigmoid), 0, null);
    int squeezed = m.quantized("squeezed", UINT8, 1.0 / 256, 0, 3);
    m.operator("SQUEEZE", of(sigmoid), of(squeezed), 30, Fields.of().with(0, new int[] {0}));
    int real = m.tensor("real", FLOAT32, 3);
    m.operator("DEQUANTIZE", of(squeezed), of(real), 0, null);
    return m.ends(of(x), of(real, relu));
  }

  /** Multiplication by a constant, the clamps, quantisation. */
  static TestModel float32() {
    TestModel m = new TestModel();
    int x = m.tensor("x", FLOAT32, 2, 5);
    int k = m.fill(m.tensor("k", FLOAT32, 5), new byte[20]);
    int scaled = m.tensor("scaled", FLOAT32, 2, 5);
    m.operator("MUL", of(x, k), of(scaled), 21, Fields.of());
    int relu = m.tensor("relu", FLOAT32, 2, 5);
    m.operator("RELU", of(scaled), of(relu), 0, null);
    int unit = m.tensor("unit", FLOAT32, 2, 5);
    m.operator("RELU_N1_TO_1", of(relu), of(unit), 0, null);
    int codes = m.quantized("codes", INT8, 0.01, 4, 2, 5);
    m.operator("QUANTIZE", of(unit), of(codes), 0, null);
    return m.ends(of(x), of(codes));
  }

  /**
   * The first fields of a window's options.
   *
   * @param padding  0 SAME, 1 VALID
   */
  static Fields window(int padding, int strideW, int strideH) {
    return Fields.of().with(0, (byte) padding).with(1, strideW).with(2, strideH);
  }
}
