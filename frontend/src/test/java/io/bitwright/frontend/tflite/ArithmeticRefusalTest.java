package io.bitwright.frontend.tflite;

import static io.bitwright.frontend.tflite.TestModel.FLOAT32;
import static io.bitwright.frontend.tflite.TestModel.INT8;
import static io.bitwright.frontend.tflite.TestModel.UINT8;
import static io.bitwright.frontend.tflite.TestModel.of;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.bitwright.frontend.flatbuffer.FlatWriter.Fields;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the importer says about arithmetic that it does not take. */
class ArithmeticRefusalTest {
  private static final int SUB_OPTIONS = 28;
  private static final int LEAKY_RELU_OPTIONS = 75;

  private static TestModel unary(String operator, int type, int optionsType, Fields options) {
    TestModel m = new TestModel();
    int x = type == FLOAT32 ? m.tensor("x", type, 2, 3) : m.quantized("x", type, 0.5, 3, 2, 3);
    int y = type == FLOAT32 ? m.tensor("y", type, 2, 3) : m.quantized("y", type, 0.5, 3, 2, 3);
    m.operator(operator, of(x), of(y), optionsType, options);
    return m.ends(of(x), of(y));
  }

  private static TestModel binary(String operator, int rows, double scale, int optionsType, Fields options) {
    TestModel m = new TestModel();
    int a = m.quantized("a", INT8, 0.5, 3, 2, 3);
    int b = m.quantized("b", INT8, scale, 3, rows, 3);
    int y = m.quantized("y", INT8, 0.5, 3, Math.max(2, rows), 3);
    m.operator(operator, of(a, b), of(y), optionsType, options);
    return m.ends(of(a, b), of(y));
  }

  private static String type(String found, String accepted, String operator) {
    return "net.tflite:x: error: tensor 'x' has type " + found + ", which is not supported here (must be " + accepted
        + " as an operand of " + operator + ") [BW0203]";
  }

  static Stream<Arguments> files() {
    return Stream.of(
        Arguments.of("net.tflite:y: error: tensor 'y': has zero point 3 (must be 0: TFLite's NEG negates codes, whatever "
            + "their zero point) [BW0204]", unary("NEG", INT8, 0, null)),
        Arguments.of(type("uint8", "float32, int8 or int16", "NEG"), unary("NEG", UINT8, 0, null)),
        Arguments.of(type("int8", "float32", "SQRT"), unary("SQRT", INT8, 0, null)),
        Arguments.of(type("uint8", "float32, int8 or int16", "RSQRT"), unary("RSQRT", UINT8, 0, null)),
        Arguments.of("net.tflite:y: error: tensor 'y': has scale 0.5, zero point 3 (LOG_SOFTMAX gives scale 1/16, zero point "
            + "127) [BW0204]", unary("LOG_SOFTMAX", INT8, 0, null)),
        Arguments.of("net.tflite:y: error: operator LEAKY_RELU: alpha is Infinity (must be finite) [BW0202]",
            unary("LEAKY_RELU", FLOAT32, LEAKY_RELU_OPTIONS, Fields.of().with(0, Float.POSITIVE_INFINITY))),
        Arguments.of("net.tflite:y: error: operator SUB: fused activation TANH is not supported [BW0202]",
            binary("SUB", 2, 0.5, SUB_OPTIONS, Fields.of().with(0, (byte) 4))),
        Arguments.of("net.tflite:y: error: tensor 'y': is quantised with scale 0.5, zero point 3, operand 'b' is "
            + "quantised with scale 0.25, zero point 3 (MAXIMUM needs the same) [BW0204]",
            binary("MAXIMUM", 2, 0.25, 0, null)),
        Arguments.of("net.tflite:y: error: operator DIV: shapes [2, 3] and [4, 3] do not broadcast [BW0206]",
            binary("DIV", 4, 0.5, 0, null)));
  }

  @ParameterizedTest
  @MethodSource("files")
  void refusalsNameTensorOperatorAndWhatIsTaken(String expected, TestModel model) {
    assertEquals(List.of(expected), model.refusal());
  }

  @Test
  void soundFilesOfTheSameKindImport() {
    assertEquals(1, unary("ABS", INT8, 0, null).load().outputs().size());
    unary("LEAKY_RELU", FLOAT32, LEAKY_RELU_OPTIONS, Fields.of().with(0, 0.5f)).load();
    binary("MAXIMUM", 1, 0.5, 0, null).load();
  }

  @Test
  void theResultHasTheShapeOfWhatTheSlopeIsAppliedTo() {
    TestModel m = new TestModel();
    int x = m.quantized("x", INT8, 0.5, 3, 1, 3);
    int slope = m.fill(m.quantized("slope", INT8, 0.5, 3, 2, 3), new byte[6]);
    int y = m.quantized("y", INT8, 0.5, 3, 2, 3);
    m.operator("PRELU", of(x, slope), of(y), 0, null);
    m.ends(of(x), of(y));
    assertEquals(List.of("net.tflite:y: error: operator PRELU: its result has shape [2, 3] (must be [1, 3]) [BW0206]"),
        m.refusal());
  }
}
