package io.bitwright.frontend.tflite;

import static io.bitwright.frontend.tflite.TestModel.FLOAT16;
import static io.bitwright.frontend.tflite.TestModel.FLOAT32;
import static io.bitwright.frontend.tflite.TestModel.INT16;
import static io.bitwright.frontend.tflite.TestModel.INT8;
import static io.bitwright.frontend.tflite.TestModel.of;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bitwright.frontend.flatbuffer.FlatWriter.Fields;
import io.bitwright.ir.graph.Node;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the importer says about networks it cannot compile: code, place and words. */
class RefusalTest {
  // Tensors of SampleNetworks.int8 by number.
  private static final int X = 0;
  private static final int PADDED = 2;
  private static final int W0 = 3;
  private static final int B0 = 4;
  private static final int CONV = 5;
  private static final int W1 = 6;
  private static final int SUM = 8;

  private static Arguments int8(String expected, Consumer<TestModel> tamper) {
    return Arguments.of(expected, SampleNetworks.int8(), tamper);
  }

  private static Arguments uint8(String expected, Consumer<TestModel> tamper) {
    return Arguments.of(expected, SampleNetworks.uint8(), tamper);
  }

  private static void shape(TestModel m, int tensor, int... dims) {
    m.tensors.get(tensor).with(0, dims);
  }

  private static Fields options(TestModel m, int operator) {
    return (Fields) m.operators.get(operator).get(4);
  }

  static Stream<Arguments> files() {
    return Stream.of(
        int8("net.tflite: error: schema version 2 is not supported (must be 3) [BW0104]", m -> m.model.with(0, 2)),
        int8("net.tflite: error: 2 subgraphs are not supported (must be 1) [BW0106]", m -> m.subgraphs.add(m.subgraph)),
        int8("net.tflite: error: 0 subgraphs are not supported (must be 1) [BW0106]", m -> m.subgraphs.clear()),
        int8("net.tflite: error: malformed file: index 99 into a vector of 11 [BW0103]",
            m -> m.operators.get(1).with(0, 99)),
        int8("net.tflite: error: malformed file: tensor 77 does not exist (there are 22) [BW0103]",
            m -> m.operators.get(1).with(1, of(77, W0, B0))),
        int8("net.tflite: error: malformed file: tensor -5 does not exist (there are 22) [BW0103]",
            m -> m.inputs = of(-5)),
        int8("net.tflite:w0: error: malformed file: buffer 55 does not exist (there are 11) [BW0103]",
            m -> m.tensors.get(W0).with(2, 55)),
        int8("net.tflite:w0: error: buffer 2 is too large: kept behind the FlatBuffer as in files above 2 GB "
                + "(limit 1073741824 bytes of file) [BW0105]",
            m -> m.buffers.get(2).with(0, null).with(1, 4096L).with(2, 108L)),
        int8("net.tflite: error: malformed file: tensor 'conv' is given a value more than once [BW0103]",
            m -> m.operators.get(2).with(2, of(CONV))),
        int8("net.tflite: error: malformed file: tensor 'x' is given a value more than once [BW0103]",
            m -> m.inputs = of(X, X)),
        int8("net.tflite: error: malformed file: tensor 'w0' is given a value more than once [BW0103]",
            m -> m.inputs = of(X, W0)),
        int8("net.tflite: error: malformed file: the network has no outputs [BW0103]", m -> m.outputs = of()),
        int8("net.tflite:w1: error: output 'w1' does not depend on any input [BW0303]", m -> m.outputs = of(W1)));
  }

  static Stream<Arguments> shapesAndTypes() {
    return Stream.of(
        int8("net.tflite:x: error: tensor 'x' has a dynamic shape [1, 0, 7, 3] (must be static) [BW0205]",
            m -> shape(m, X, 1, 0, 7, 3)),
        int8("net.tflite:x: error: tensor 'x' has a dynamic shape [-1, 6, 7, 3] (must be static) [BW0205]",
            m -> shape(m, X, -1, 6, 7, 3)),
        int8("net.tflite:x: error: tensor 'x' is too large: [65536, 65536, 65536, 65536] int8 (limit 1073741824 bytes) "
            + "[BW0105]", m -> shape(m, X, 65536, 65536, 65536, 65536)),
        int8("net.tflite:x: error: tensor 'x' is too large: [2147483647, 1, 1, 1] int8 (limit 1073741824 bytes) [BW0105]",
            m -> shape(m, X, Integer.MAX_VALUE, 1, 1, 1)),
        int8("net.tflite:x: error: the rank of tensor 'x' is too large: 5 (limit 4) [BW0105]",
            m -> shape(m, X, 1, 1, 6, 7, 3)),
        int8("net.tflite:w0: error: a constant of shape [4, 3, 3, 2] takes 72 bytes, its buffer has 108 [BW0206]",
            m -> shape(m, W0, 4, 3, 3, 2)),
        int8("net.tflite:conv: error: operator CONV_2D: its result has shape [1, 3, 3, 4] (must be [1, 3, 2, 4]) [BW0206]",
            m -> shape(m, CONV, 1, 3, 3, 4)),
        int8("net.tflite:sum: error: operator ADD: its result has shape [1, 1, 2, 4] (must be [1, 3, 2, 4]) [BW0206]",
            m -> shape(m, SUM, 1, 1, 2, 4)),
        int8("net.tflite:conv: error: operator CONV_2D: the bias has shape [2] (must be [4]) [BW0206]", m -> {
          shape(m, B0, 2);
          m.buffers.get(3).with(0, new byte[8]);
        }),
        int8("net.tflite:x: error: tensor 'x': has zero point -3 (must be 0 of int16) [BW0204]",
            m -> m.tensors.get(X).with(1, (byte) INT16)),
        int8("net.tflite:x: error: tensor 'x' has type variable int8, which is not supported here (must be a dense tensor "
            + "that is no variable) [BW0203]", m -> m.tensors.get(X).with(5, true)),
        int8("net.tflite:b0: error: tensor 'b0' has type float32, which is not supported here (must be int32 as an operand "
            + "of this CONV_2D) [BW0203]", m -> m.tensors.get(B0).with(1, (byte) FLOAT32)));
  }

  static Stream<Arguments> quantisation() {
    return Stream.of(
        int8("net.tflite:x: error: tensor 'x': has 0 scales (a feature map must have 1) [BW0204]",
            m -> m.tensors.get(X).with(4, null)),
        int8("net.tflite:x: error: tensor 'x': has scale NaN (must be positive and finite) [BW0204]",
            m -> m.quantize(X, new float[] {Float.NaN}, new long[1], 0)),
        int8("net.tflite:x: error: tensor 'x': has scale 0.0 (must be positive and finite) [BW0204]",
            m -> m.quantize(X, new float[] {0}, new long[1], 0)),
        int8("net.tflite:x: error: tensor 'x': has zero point 128 (must be -128 to 127) [BW0204]",
            m -> m.quantize(X, new float[] {1}, new long[] {128}, 0)),
        int8("net.tflite:x: error: tensor 'x': has 2 zero points for 1 scales [BW0204]",
            m -> m.quantize(X, new float[] {1}, new long[] {1, 2}, 0)),
        int8("net.tflite:w0: error: tensor 'w0': has 3 scales for shape [4, 3, 3, 3] (must be 1, or one for each index of "
            + "dimension 0) [BW0204]", m -> m.quantize(W0, new float[] {1, 1, 1}, null, 0)),
        int8("net.tflite:w1: error: tensor 'w1': is quantised along dimension 2 (must be 3) [BW0204]",
            m -> m.quantize(W1, new float[] {1, 1, 1, 1}, null, 2)),
        int8("net.tflite:w0: error: tensor 'w0': has zero point 9 in channel 2 (must be 0 with a scale for each channel) "
            + "[BW0204]", m -> m.quantize(W0, new float[] {1, 1, 1, 1}, new long[] {0, 0, 9, 0}, 0)),
        uint8("net.tflite:w: error: tensor 'w': has a scale for each channel, which only int8 weights may have [BW0204]",
            m -> m.quantize(4, new float[] {1, 1, 1}, new long[3], 0)),
        int8("net.tflite:padded: error: tensor 'padded': is quantised with scale 0.05, zero point 4, operand 'x' is "
            + "quantised with scale 0.05, zero point -3 (PAD needs the same) [BW0204]",
            m -> m.quantize(PADDED, new float[] {.05f}, new long[] {4}, 0)),
        uint8("net.tflite:sigmoid: error: tensor 'sigmoid': has scale 0.005, zero point 0 (LOGISTIC gives scale 1/256, "
            + "zero point 0) [BW0204]", m -> {
              m.quantize(8, new float[] {.005f}, new long[1], 0);
              m.operators.subList(6, 8).clear();
              m.outputs = of(8);
            }));
  }

  static Stream<Arguments> attributes() {
    return Stream.of(
        int8("net.tflite:conv: error: operator CONV_2D: its stride width is 0 (must be at least 1) [BW0202]",
            m -> options(m, 1).with(1, 0)),
        int8("net.tflite:conv: error: the dilation height is too large: 2147483647 (limit 1048576 pixels with its window) "
            + "[BW0105]", m -> options(m, 1).with(5, Integer.MAX_VALUE)),
        int8("net.tflite:conv: error: operator CONV_2D: padding number 2 is not supported (must be SAME or VALID) [BW0202]",
            m -> options(m, 1).with(0, (byte) 2)),
        int8("net.tflite:conv: error: operator CONV_2D: fused activation TANH is not supported [BW0202]",
            m -> options(m, 1).with(3, (byte) 4)),
        int8("net.tflite:conv: error: operator CONV_2D: it has no options [BW0202]",
            m -> m.operators.get(1).with(3, null).with(4, null)),
        int8("net.tflite:conv: error: malformed file: operator CONV_2D has options of type 5 (must be 1) [BW0103]",
            m -> m.operators.get(1).with(3, (byte) 5)),
        int8("net.tflite:conv: error: operator CONV_2D: it has 1 operands (must have 2 to 3) [BW0202]",
            m -> m.operators.get(1).with(1, of(PADDED))),
        int8("net.tflite:conv: error: operator CONV_2D: operand 1 is missing [BW0202]",
            m -> m.operators.get(1).with(1, of(PADDED, -1, B0))),
        int8("net.tflite:conv: error: operator CONV_2D: the weights 'padded' must be constant [BW0202]",
            m -> m.operators.get(1).with(1, of(PADDED, PADDED, B0))),
        int8("net.tflite:padded: error: operator PAD: a padding of -1 is not supported (must be 0 to 1048576) [BW0202]",
            m -> m.buffers.get(1).with(0, TestModel.bytes(0, 0, -1, 2, 0, 1, 0, 0))),
        int8("net.tflite:mean: error: operator MEAN: axis 4 is not one of a tensor of rank 4 [BW0206]",
            m -> m.buffers.get(5).with(0, TestModel.bytes(1, 4))),
        int8("net.tflite:batch: error: operator STRIDED_SLICE: index 2 is not one of a dimension of 2 [BW0206]",
            m -> m.buffers.get(6).with(0, TestModel.bytes(2))),
        int8("net.tflite:reshaped: error: operator RESHAPE: shape [1, 4] cannot become [1, 3, -1] [BW0206]",
            m -> m.buffers.get(9).with(0, TestModel.bytes(3))),
        int8("net.tflite:probabilities: error: operator SOFTMAX: beta is NaN (must be positive and finite) [BW0202]",
            m -> options(m, 10).with(0, Float.NaN)),
        uint8("net.tflite:both: error: operator CONCATENATION: fused activation RELU is not supported (must be NONE) "
            + "[BW0202]", m -> options(m, 2).with(1, (byte) 1)),
        uint8("net.tflite:both: error: operator CONCATENATION: axis 4 is not one of a tensor of rank 4 [BW0206]",
            m -> options(m, 2).with(0, 4)),
        uint8("net.tflite:fc: error: operator FULLY_CONNECTED: weights format 1 is not supported (must be DEFAULT) [BW0202]",
            m -> options(m, 3).with(1, (byte) 1)),
        uint8("net.tflite:squeezed: error: operator SQUEEZE: dimension 1 of shape [1, 3] is not of size 1 [BW0206]",
            m -> options(m, 6).with(0, of(1))));
  }

  @ParameterizedTest
  @MethodSource({"files", "shapesAndTypes", "quantisation", "attributes"})
  void isRefused(String expected, TestModel model, Consumer<TestModel> tamper) {
    tamper.accept(model);
    List<String> said = model.refusal();
    assertEquals(expected, said.get(0), () -> String.join("\n", said));
  }

  @Test
  void allUnsupportedOperatorsAreNamedAtOnce() {
    TestModel m = SampleNetworks.float32();
    m.operator("COS", of(1), of(m.tensor("t", FLOAT32, 2, 5)), 0, null);
    m.operator("CUSTOM", of(1), of(m.tensor("c", INT16, 2, 5)), 0, null);
    m.codes.get(m.codes.size() - 1).with(1, "Weird\u001b[31mOp");
    m.operator("RELU", of(m.tensors.size() - 1), of(m.tensor("behind", FLOAT32, 2, 5)), 0, null);
    m.operator("TOPK_V2", of(1, 1), of(m.tensor("s0", FLOAT32, 1, 5), m.tensor("s1", FLOAT32, 1, 5)), 0, null);
    m.operator("MUL", of(m.tensors.size() - 1, 0), of(m.tensor("wrong", FLOAT32, 7)), 0, null);
    assertEquals(
        List.of(
            "net.tflite:t: error: operator COS is not supported (its output is tensor 't') [BW0201]",
            "net.tflite:c: error: operator CUSTOM 'Weird?[31mOp' is not supported (its output is tensor 'c') [BW0201]",
            "net.tflite:s0: error: operator TOPK_V2 is not supported (its output is tensor 's0') [BW0201]",
            "net.tflite:wrong: error: operator MUL: its result has shape [7] (must be [2, 5]) [BW0206]"),
        m.refusal());
  }

  @Test
  void halfPrecisionIsTakenOfDequantisedConstantsOnly() {
    TestModel m = new TestModel();
    int x = m.tensor("x", FLOAT32, 1, 4);
    int half = m.fill(m.tensor("half", FLOAT16, 3, 4), new byte[24]);
    int y = m.tensor("y", FLOAT32, 1, 3);
    m.operator("FULLY_CONNECTED", of(x, half, -1), of(y), 8, Fields.of());
    int z = m.tensor("z", FLOAT16, 1, 3);
    m.operator("DEQUANTIZE", of(z), of(m.tensor("later", FLOAT32, 1, 3)), 0, null);
    assertEquals(
        List.of("net.tflite:half: error: tensor 'half' has type float16, which is not supported here "
            + "(must be float32, int8, uint8, int16, int32 or int64) [BW0203]",
            "net.tflite:z: error: tensor 'z' is used before any operator computes it [BW0207]"),
        m.ends(of(x), of(y)).refusal());
  }

  @Test
  void cyclesAndUsesBeforeTheirOperatorAreFound() {
    TestModel cycle = SampleNetworks.int8();
    cycle.operators.get(0).with(1, of(SUM, 1));
    assertEquals("net.tflite:sum: error: tensor 'sum' is used before any operator computes it [BW0207]",
        cycle.refusal().get(0));
    TestModel self = SampleNetworks.int8();
    self.operators.get(3).with(1, of(SUM, CONV));
    assertEquals("net.tflite:sum: error: tensor 'sum' is used before any operator computes it [BW0207]",
        self.refusal().get(0));
    TestModel nobody = SampleNetworks.int8();
    nobody.outputs = of(nobody.quantized("nobody", INT8, 1, 0, 1));
    assertTrue(nobody.refusal().get(0).endsWith("tensor 'nobody' is used before any operator computes it [BW0207]"));
  }

  private static TestModel twoSums(byte[] first, byte[] second) {
    TestModel m = new TestModel();
    int x = m.tensor("x", FLOAT32, 8);
    int a = m.fill(m.tensor("a", FLOAT32, 8), first);
    int b = m.fill(m.tensor("b", FLOAT32, 2, 8), second);
    int sum = m.tensor("sum", FLOAT32, 8);
    int twice = m.tensor("twice", FLOAT32, 2, 8);
    m.operator("ADD", of(x, a), of(sum), 0, null);
    m.operator("ADD", of(sum, b), of(twice), 0, null);
    return m.ends(of(x), of(twice));
  }

  @Test
  void constantsThatShareABufferShareTheirContents() {
    TestModel m = twoSums(new byte[32], new byte[64]);
    m.tensors.get(1).with(0, of(2, 8)).with(2, m.tensors.get(2).get(2));
    m.tensors.get(3).with(0, of(2, 8));
    Node last = m.load().outputs().get(0);
    assertSame(last.operand(0).operand(1).constant(), last.operand(1).constant());
  }

  @Test
  void constantsThatOverlapInPartAreRefused() {
    byte[] first = new byte[32];
    first[0] = 55;
    byte[] second = new byte[64];
    second[0] = 77;
    second[4] = 32;
    byte[] file = twoSums(first, second).write();
    ByteBuffer view = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    int data = find(view, 77, 0);
    int slot = find(view, -1, find(view, 55, 0) - 4);
    view.putInt(slot, data + 4 - slot);
    assertEquals(
        List.of("net.tflite:b: error: malformed file: the data of tensor 'b' overlaps another tensor's at byte "
            + (data + 8) + " [BW0103]"),
        TestModel.refusal(file));
  }

  /** The first place with this value, or, for -1, with an offset to this target. */
  private static int find(ByteBuffer file, int value, int target) {
    int at = 0;
    while (file.getInt(at) != (value >= 0 ? value : target - at)) {
      at += 4;
    }
    return at;
  }
}
