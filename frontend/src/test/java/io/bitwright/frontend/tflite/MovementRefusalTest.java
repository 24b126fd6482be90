package io.bitwright.frontend.tflite;

import static io.bitwright.frontend.tflite.TestModel.FLOAT32;
import static io.bitwright.frontend.tflite.TestModel.INT32;
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

/** What is not taken of the operators that move elements, and what is said then. */
class MovementRefusalTest {
  private static final int[] MAP = {1, 4, 6, 8};

  /** One operator on a map of f32, whose other operands are lists of integers. */
  private static Arguments refused(String said, String operator, int[] result, int options, Fields fields,
      int[]... lists) {
    TestModel m = new TestModel();
    int[] operands = new int[lists.length + 1];
    operands[0] = m.tensor("x", FLOAT32, MAP);
    for (int i = 0; i < lists.length; i++) {
      operands[i + 1] = m.ints("list" + i, lists[i]);
    }
    m.operator(operator, operands, of(m.tensor("y", FLOAT32, result)), options, fields);
    String prefix = said.startsWith("operator") ? "net.tflite:y: error: " : "";
    return Arguments.of(prefix + said, m.ends(of(0), of(m.tensors.size() - 1)));
  }

  static Stream<Arguments> views() {
    return Stream.of(
        refused("operator EXPAND_DIMS: axis 5 is not one of a tensor of rank 5 [BW0206]", "EXPAND_DIMS", MAP, 0, null,
            of(5)),
        refused("operator EXPAND_DIMS: operand 'list0' has shape [2] (must be [1]) [BW0206]", "EXPAND_DIMS", MAP, 0,
            null, of(0, 1)),
        refused("operator TRANSPOSE: order [0, 1, 1, 3] does not name each dimension of shape [1, 4, 6, 8] once "
            + "[BW0206]", "TRANSPOSE", MAP, 0, null, of(0, 1, 1, 3)),
        refused("operator TRANSPOSE: axis 4 is not one of a tensor of rank 4 [BW0206]", "TRANSPOSE", MAP, 0, null,
            of(0, 1, 2, 4)),
        refused("operator TRANSPOSE: its result has shape [1, 4, 6, 8] (must be [1, 6, 4, 8]) [BW0206]", "TRANSPOSE",
            MAP, 0, null, of(0, 2, 1, 3)),
        refused("operator DEPTH_TO_SPACE: 8 channels are no multiple of 9 [BW0206]", "DEPTH_TO_SPACE", MAP, 94,
            Fields.of().with(0, 3)),
        refused("operator DEPTH_TO_SPACE: block_size is 0 (must be at least 1) [BW0202]", "DEPTH_TO_SPACE", MAP, 94,
            Fields.of()),
        refused("operator SPACE_TO_DEPTH: a map of 4x6 has no whole blocks of 4x4 [BW0206]", "SPACE_TO_DEPTH", MAP, 19,
            Fields.of().with(0, 4)),
        refused("operator PACK: values_count is 2 (must be 1) [BW0202]", "PACK", MAP, 59, Fields.of().with(0, 2)),
        refused("operator ARG_MAX: axis -5 is not one of a tensor of rank 4 [BW0206]", "ARG_MAX", of(1, 4, 6), 40,
            Fields.of(), of(-5)),
        refused("net.tflite:y: error: tensor 'y' has type float32, which is not supported here (must be int32 or int64) "
            + "[BW0203]", "ARG_MAX", of(1, 4, 6), 40, Fields.of(), of(3)));
  }

  static Stream<Arguments> slices() {
    Fields masks = Fields.of();
    return Stream.of(
        refused("operator SLICE: it takes 9 from index 0 of dimension 3 of shape [1, 4, 6, 8] [BW0206]", "SLICE", MAP, 0,
            null, of(0, 0, 0, 0), of(1, 4, 6, 9)),
        refused("operator SLICE: it takes -1 from index 4 of dimension 1 of shape [1, 4, 6, 8] [BW0206]", "SLICE", MAP,
            0, null, of(0, 4, 0, 0), of(1, -1, 6, 8)),
        refused("operator SLICE: operand 1 has 3 numbers for 4 dimensions [BW0206]", "SLICE", MAP, 0, null,
            of(0, 0, 0), of(1, 4, 6, 8)),
        refused("operator STRIDED_SLICE: stride 0 is not supported (must be positive or negative) [BW0202]",
            "STRIDED_SLICE", MAP, 32, masks, of(0), of(1), of(0)),
        refused("operator STRIDED_SLICE: ellipsis_mask is 2 (must be 0) [BW0202]", "STRIDED_SLICE", MAP, 32,
            Fields.of().with(2, 2), of(0), of(1), of(1)),
        refused("operator STRIDED_SLICE: offset is true (must be false) [BW0202]", "STRIDED_SLICE", MAP, 32,
            Fields.of().with(5, true), of(0), of(1), of(1)),
        refused("operator STRIDED_SLICE: stride -1 of a dimension that shrinks is not supported (must be positive) "
            + "[BW0202]", "STRIDED_SLICE", MAP, 32, Fields.of().with(4, 1), of(0), of(1), of(-1)),
        refused("operator STRIDED_SLICE: index 4 is not one of a dimension of 4 [BW0206]", "STRIDED_SLICE", MAP, 32,
            Fields.of().with(4, 2), of(0, 4), of(1, 5), of(1, 1)),
        refused("operator STRIDED_SLICE: it slices more dimensions than shape [1, 4, 6, 8] has [BW0206]",
            "STRIDED_SLICE", MAP, 32, masks, of(0, 0, 0, 0, 0), of(1, 4, 6, 8, 1), of(1, 1, 1, 1, 1)),
        refused("operator STRIDED_SLICE: its result has shape [1, 4, 6, 8] (must be [1, 0, 6, 8]) [BW0206]",
            "STRIDED_SLICE", MAP, 32, masks, of(0, 3), of(1, 3), of(1, 1)),
        refused("operator GATHER: index -1 is not one of a dimension of 8 [BW0206]", "GATHER", MAP, 23,
            Fields.of().with(0, 3), of(0, -1)),
        refused("operator GATHER: batch_dims is 1 (must be 0) [BW0202]", "GATHER", MAP, 23, Fields.of().with(1, 1),
            of(0)),
        refused("operator SPLIT_V: its parts of [3] are not all of dimension 3, which has 8 [BW0206]", "SPLIT_V", MAP,
            79, Fields.of().with(0, 1), of(3), of(3)),
        refused("operator SPLIT_V: a part of 9 is none of dimension 3, which has 8 [BW0206]", "SPLIT_V", MAP, 79,
            Fields.of().with(0, 1), of(9), of(3)),
        refused("operator SPLIT_V: num_splits is 2 (must be 1, as many as results) [BW0202]", "SPLIT_V", MAP, 79,
            Fields.of().with(0, 2), of(8), of(3)),
        refused("operator UNPACK: dimension 1 has 4 indices, it has 1 results [BW0206]", "UNPACK", MAP, 64,
            Fields.of().with(0, 1).with(1, 1)));
  }

  static Stream<Arguments> resizes() {
    return Stream.of(
        refused("operator RESIZE_BILINEAR: align_corners and half_pixel_centers are both true (at most one may be) "
            + "[BW0202]", "RESIZE_BILINEAR", MAP, 15, Fields.of().with(2, true).with(3, true), of(4, 6)),
        refused("operator RESIZE_BILINEAR: its result has shape [1, 4, 6, 8] (must be [1, 8, 6, 8]) [BW0206]",
            "RESIZE_BILINEAR", MAP, 15, Fields.of(), of(8, 6)),
        refused("operator RESIZE_NEAREST_NEIGHBOR: the new size [4] is none (must be height and width, 1 to 1048576) "
            + "[BW0206]", "RESIZE_NEAREST_NEIGHBOR", MAP, 74, Fields.of(), of(4)),
        refused("net.tflite:y: error: the number of indices of RESIZE_NEAREST_NEIGHBOR and the operators before is too "
            + "large: more (limit 65536) [BW0105]", "RESIZE_NEAREST_NEIGHBOR", of(1, 70000, 6, 8), 74, Fields.of(),
            of(70000, 6)));
  }

  @ParameterizedTest
  @MethodSource({"views", "slices", "resizes"})
  void isRefused(String expected, TestModel model) {
    assertEquals(expected, model.refusal().get(0));
  }

  @Test
  void splitNeedsEqualPartsAndAsManyAsItSays() {
    TestModel m = new TestModel();
    int axis = m.ints("axis", 3);
    int x = m.tensor("x", FLOAT32, MAP);
    int[] parts = {m.tensor("a", FLOAT32, 1, 4, 6, 3), m.tensor("b", FLOAT32, 1, 4, 6, 3),
        m.tensor("c", FLOAT32, 1, 4, 6, 2)};
    Fields options = Fields.of().with(0, 3);
    m.operator("SPLIT", of(axis, x), parts, 35, options);
    m.ends(of(x), parts);
    assertEquals("net.tflite:a: error: operator SPLIT: dimension 3 of 8 has no 3 equal parts [BW0206]",
        m.refusal().get(0));
    options.with(0, 2);
    assertEquals("net.tflite:a: error: operator SPLIT: num_splits is 2 (must be 3, as many as results) [BW0202]",
        m.refusal().get(0));
    assertEquals("malformed file: operator TRANSPOSE has 3 results (must have 1) [BW0103]",
        severalResults(m).refusal().get(0).replaceAll(".*error: ", ""));
  }

  private static TestModel severalResults(TestModel m) {
    m.codes.get(0).with(0, (byte) 39).with(3, 39);
    return m;
  }

  @Test
  void eachPartKeepsTheOperandsQuantisation() {
    TestModel m = new TestModel();
    int axis = m.ints("axis", 0);
    int x = m.quantized("x", INT8, 0.5, 3, 4, 2);
    int[] parts = {m.quantized("a", INT8, 0.5, 3, 2, 2), m.quantized("b", INT8, 0.25, 3, 2, 2)};
    m.operator("SPLIT", of(axis, x), parts, 35, Fields.of().with(0, 2));
    assertEquals("net.tflite:a: error: tensor 'b': is quantised with scale 0.25, zero point 3, operand 'x' is quantised "
        + "with scale 0.5, zero point 3 (SPLIT needs the same) [BW0204]", m.ends(of(x), parts).refusal().get(0));
  }

  @Test
  void padsTakeAConstantOfTheOperandsType() {
    TestModel m = new TestModel();
    int x = m.quantized("x", INT8, 0.5, 3, 2);
    int counts = m.fill(m.tensor("counts", INT32, 1, 2), TestModel.bytes(0, 1));
    int value = m.fill(m.quantized("value", INT8, 0.25, 3, 1), new byte[1]);
    int y = m.quantized("y", INT8, 0.5, 3, 3);
    m.operator("PADV2", of(x, counts, value), of(y), 0, null);
    m.ends(of(x), of(y));
    assertEquals("net.tflite:y: error: tensor 'y': cannot be padded with 'value', which is quantised in another way "
        + "[BW0204]", m.refusal().get(0));
    m.tensors.get(value).with(1, (byte) UINT8);
    assertEquals("net.tflite:value: error: tensor 'value' has type uint8, which is not supported here (must be int8 as an "
        + "operand of this PADV2) [BW0203]", m.refusal().get(0));
    m.operators.get(0).with(1, of(x, counts, x));
    assertEquals("net.tflite:y: error: operator PADV2: the value 'x' must be constant [BW0202]", m.refusal().get(0));
  }

  @Test
  void weightsBesideFloatActivationsAreSymmetric() {
    TestModel m = new TestModel();
    int x = m.tensor("x", FLOAT32, 1, 4);
    int w = m.fill(m.quantized("w", INT8, 0.5, 1, 3, 4), new byte[12]);
    int y = m.tensor("y", FLOAT32, 1, 3);
    m.operator("FULLY_CONNECTED", of(x, w), of(y), 8, Fields.of());
    m.ends(of(x), of(y));
    assertEquals(List.of("net.tflite:w: error: tensor 'w': has zero point 1 (must be 0 beside float activations) [BW0204]"),
        m.refusal());
    m.tensors.get(w).with(1, (byte) UINT8);
    assertEquals(List.of("net.tflite:w: error: tensor 'w' has type uint8, which is not supported here (must be float32 as "
        + "an operand of this FULLY_CONNECTED) [BW0203]"), m.refusal());
  }

  @Test
  void constantsThatLieUponEachOtherAreDequantisedUpToTheFilesSize() {
    TestModel m = new TestModel();
    int x = m.tensor("x", FLOAT32, 1, 4000);
    int[] results = new int[9];
    int shared = m.fill(m.quantized("w", INT8, 0.5, 0, 3, 4000), new byte[12_000]);
    int buffer = (Integer) m.tensors.get(shared).get(2);
    for (int i = 0; i < results.length; i++) {
      int w = m.quantized("w" + i, INT8, 0.5, 0, 3, 4000);
      m.tensors.get(w).with(2, buffer);
      results[i] = m.tensor("y" + i, FLOAT32, 1, 3);
      m.operator("FULLY_CONNECTED", of(x, w), of(results[i]), 8, Fields.of());
    }
    String last = m.ends(of(x), results).refusal().get(0);
    assertEquals(true, last.contains("the sum of all constants that become f32 is too large: more (limit "), last);
  }
}
