package io.bitwright.frontend.tflite;

import static io.bitwright.frontend.tflite.TestModel.INT16;
import static io.bitwright.frontend.tflite.TestModel.INT32;
import static io.bitwright.frontend.tflite.TestModel.INT8;
import static io.bitwright.frontend.tflite.TestModel.UINT8;
import static io.bitwright.frontend.tflite.TestModel.of;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.bitwright.frontend.flatbuffer.FlatWriter.Fields;
import io.bitwright.ir.graph.Node;
import io.bitwright.ir.type.ElementType;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the importer says about 16-bit activations that it does not take. */
class WideRefusalTest {
  private static final int ADD_OPTIONS = 11;
  private static final int FULLY_CONNECTED_OPTIONS = 8;

  private static TestModel unary(String operator, int from, int to, double scale) {
    TestModel m = new TestModel();
    int x = m.quantized("x", from, 0.001, 0, 2, 3);
    int y = m.quantized("y", to, scale, 0, 2, 3);
    m.operator(operator, of(x), of(y), 0, null);
    return m.ends(of(x), of(y));
  }

  private static TestModel argMax() {
    TestModel m = new TestModel();
    int x = m.quantized("x", INT16, 0.001, 0, 2, 3);
    int axis = m.fill(m.tensor("axis", INT32), new byte[4]);
    int y = m.tensor("y", INT32, 3);
    m.operator("ARG_MAX", of(x, axis), of(y), 0, null);
    return m.ends(of(x), of(y));
  }

  private static TestModel sum(String operator, int rows, double first, double second, double result) {
    TestModel m = new TestModel();
    int a = m.quantized("a", INT16, first, 0, 2, 3);
    int b = m.quantized("b", INT16, second, 0, rows, 3);
    int y = m.quantized("y", INT16, result, 0, 2, 3);
    m.operator(operator, of(a, b), of(y), 0, null);
    return m.ends(of(a, b), of(y));
  }

  private static TestModel binary(String operator, double scale, int optionsType, Fields options) {
    TestModel m = new TestModel();
    int a = m.quantized("a", INT16, scale, 0, 2, 3);
    int b = m.quantized("b", INT16, scale, 0, 2, 3);
    int y = m.quantized("y", INT16, scale, 0, 2, 3);
    m.operator(operator, of(a, b), of(y), optionsType, options);
    return m.ends(of(a, b), of(y));
  }

  private static TestModel dense(int weightZero, int biasType, int declared) {
    TestModel m = new TestModel();
    int x = m.quantized("x", INT16, 0.001, 0, 1, 2);
    int w = m.fill(m.quantized("w", INT8, 0.01, weightZero, 3, 2), new byte[6]);
    int b = m.fill(m.tensor("b", biasType, 3), new byte[biasType == INT32 ? 12 : 24]);
    int y = m.quantized("y", INT16, 0.002, 0, 1, 3);
    m.operator("FULLY_CONNECTED", of(x, w, b), of(y), FULLY_CONNECTED_OPTIONS, Fields.of().with(4, (byte) declared));
    return m.ends(of(x), of(y));
  }

  private static String type(String tensor, String operator) {
    return type(tensor, "int16", "float32, int8 or uint8 as an operand of " + operator);
  }

  private static String type(String tensor, String found, String accepted) {
    return "net.tflite:" + tensor + ": error: tensor '" + tensor + "' has type " + found
        + ", which is not supported here (must be " + accepted + ") [BW0203]";
  }

  static Stream<Arguments> files() {
    return Stream.of(
        Arguments.of(type("x", "HARD_SWISH"), unary("HARD_SWISH", INT16, INT16, 0.001)),
        Arguments.of(type("x", "RELU_N1_TO_1"), unary("RELU_N1_TO_1", INT16, INT16, 0.001)),
        Arguments.of(type("x", "ARG_MAX"), argMax()),
        Arguments.of(type("b", "int16", "int8 as an operand of this PRELU"), binary("PRELU", 0.001, 0, null)),
        Arguments.of(type("x", "int16", "float32, int8 or uint8 as an operand of LOG_SOFTMAX"),
            unary("LOG_SOFTMAX", INT16, INT16, 0.001)),
        Arguments.of(type("x", "int16", "float32 as an operand of SQRT"), unary("SQRT", INT16, INT16, 0.001)),
        Arguments.of("net.tflite:y: error: tensor 'y': has scale 0.001 (TANH of int16 gives 1/32768) [BW0204]",
            unary("TANH", INT16, INT16, 0.001)),
        Arguments.of("net.tflite:y: error: operator QUANTIZE: from uint8 to int16 is not supported (int16 goes to and "
            + "from int8 and float32) [BW0202]", unary("QUANTIZE", UINT8, INT16, 0.001)),
        Arguments.of("net.tflite:y: error: operator ADD: int16 scales that are powers of two, 0.125 and 0.125, must be, with "
            + "pot_scale_int16, the result's, 0.5, and one that is 1 to 2^-15 times it [BW0202]",
            sum("ADD", 2, 0.125, 0.125, 0.5)),
        Arguments.of("net.tflite:y: error: operator SUB: int16 scales that are powers of two, 0.5 and 7.6293945E-6, must be, "
            + "with pot_scale_int16, the result's, 0.5, and one that is 1 to 2^-15 times it [BW0202]",
            sum("SUB", 2, 0.5, Math.pow(2, -17), 0.5)),
        Arguments.of("net.tflite:y: error: operator ADD: int16 operands whose scales are powers of two have shapes [2, 3] and "
            + "[1, 3] (must be the same with pot_scale_int16: TFLite's kernel does not broadcast) [BW0202]",
            sum("ADD", 1, 0.5, 0.125, 0.5)),
        Arguments.of("net.tflite:w: error: tensor 'w': has zero point 2 (must be 0 of weights beside int16) [BW0204]",
            dense(2, TestModel.INT64, 4)),
        Arguments.of(type("b", "int32", "int64 as an operand of this FULLY_CONNECTED"), dense(0, INT32, 0)),
        Arguments.of("net.tflite:y: error: operator FULLY_CONNECTED: quantized_bias_type 3 is not supported "
            + "(must be INT32 or INT64) [BW0202]", dense(0, INT32, 3)));
  }

  @ParameterizedTest
  @MethodSource("files")
  void refusalsNameTensorOperatorAndWhatIsTaken(String expected, TestModel model) {
    assertEquals(List.of(expected), model.refusal());
  }

  @Test
  void soundFilesOfTheSameKindImport() {
    binary("ADD", 0.125, ADD_OPTIONS, Fields.of().with(1, (byte) 0)).load();
    binary("ADD", 0.126, 0, null).load();
    binary("DIV", 0.126, 0, null).load();
    sum("ADD", 2, 0.5, 0.125, 0.5).load();
    sum("SUB", 1, 0.125, 0.5, 0.5).load();
    unary("NEG", INT16, INT16, 0.001).load();
    unary("QUANTIZE", INT8, INT16, 0.001).load();
    Node wide = dense(0, TestModel.INT64, 0).load().outputs().get(0);
    assertEquals(ElementType.I64, wide.operand(2).type().element());
    Node narrow = dense(0, INT32, 2).load().outputs().get(0);
    assertEquals(ElementType.I32, narrow.operand(2).type().element());
  }
}
