package io.bitwright.frontend.tflite;

import static io.bitwright.frontend.tflite.TestModel.FLOAT32;
import static io.bitwright.frontend.tflite.TestModel.INT32;
import static io.bitwright.frontend.tflite.TestModel.of;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.bitwright.frontend.flatbuffer.FlatWriter.Fields;
import io.bitwright.ir.graph.Graph;
import io.bitwright.ir.op.Clamp;
import io.bitwright.ir.op.Op;
import io.bitwright.ir.op.Padding;
import io.bitwright.ir.op.Rounding;
import io.bitwright.ir.op.Window;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A convolution between SPACE_TO_BATCH_ND and BATCH_TO_SPACE_ND, and what is not taken of it. */
class DilationTest {
  private static final int BLOCK = 1;
  private static final int PADDINGS = 2;
  private static final int CROPS = 3;
  private static final int IMAGES = 5;
  private static final int RESULTS = 6;

  /** [1, 7, 6, 2] in blocks of 2x3, a window of 3x2 over [6, 5, 2, 2]. */
  private static TestModel model() {
    TestModel m = new TestModel();
    int x = m.tensor("x", FLOAT32, 1, 7, 6, 2);
    m.ints("block", 2, 3);
    pairs(m, "paddings", 2, 1, 3, 0);
    pairs(m, "crops", 0, 1, 2, 0);
    m.fill(m.tensor("weights", FLOAT32, 4, 3, 2, 2), new byte[4 * 48]);
    m.tensor("images", FLOAT32, 6, 5, 3, 2);
    m.tensor("results", FLOAT32, 6, 3, 2, 4);
    int y = m.tensor("y", FLOAT32, 1, 5, 4, 4);
    m.operator("SPACE_TO_BATCH_ND", of(x, BLOCK, PADDINGS), of(IMAGES), 0, null);
    m.operator("CONV_2D", of(IMAGES, 4), of(RESULTS), 1, SampleNetworks.window(1, 1, 1).with(3, (byte) 3));
    m.operator("BATCH_TO_SPACE_ND", of(RESULTS, BLOCK, CROPS), of(y), 0, null);
    return m.ends(of(x), of(y));
  }

  private static void pairs(TestModel m, String name, int... values) {
    m.fill(m.tensor(name, INT32, 2, 2), TestModel.bytes(values));
  }

  private static void set(TestModel m, int tensor, int... values) {
    m.buffers.get((Integer) m.tensors.get(tensor).get(2)).with(0, TestModel.bytes(values));
  }

  @Test
  void threeOperatorsAreOneConvolution() {
    Graph graph = model().load();
    assertEquals(3, graph.nodes().size());
    assertEquals(new Op.Conv2d(new Window(3, 2, 1, 1, 2, 3, new Padding(2, 0, 1, 0)), 1, new Clamp(0, 6),
        Rounding.TFLITE), graph.outputs().get(0).op());
    assertEquals("y", graph.outputs().get(0).name());
    assertEquals(List.of(2), graph.outputs().get(0).origins());
  }

  private static void refused(TestModel m, String... said) {
    assertEquals(List.of(said), m.refusal());
  }

  @Test
  void onlyTheConvolutionMayReadTheImages() {
    String alone = " is supported only around a convolution (must be SPACE_TO_BATCH_ND, CONV_2D or DEPTHWISE_CONV_2D, "
        + "BATCH_TO_SPACE_ND, of which nothing else reads the results in between) [BW0202]";
    TestModel output = model();
    output.outputs = of(7, IMAGES);
    refused(output, "net.tflite:images: error: operator SPACE_TO_BATCH_ND: it" + alone,
        "net.tflite:y: error: operator BATCH_TO_SPACE_ND: it" + alone);
    TestModel shared = model();
    shared.operator("RELU", of(RESULTS), of(shared.tensor("relu", FLOAT32, 6, 3, 2, 4)), 0, null);
    refused(shared, "net.tflite:images: error: operator SPACE_TO_BATCH_ND: it" + alone,
        "net.tflite:y: error: operator BATCH_TO_SPACE_ND: it" + alone);
    TestModel pool = model();
    pool.operators.get(1).with(0, 3);
    pool.codes.add(Fields.of().with(0, (byte) 19).with(3, 19));
    pool.operators.get(1).with(1, of(IMAGES)).with(3, null).with(4, null);
    pool.tensors.get(RESULTS).with(0, of(6, 5, 3, 2));
    pool.tensors.get(7).with(0, of(1, 9, 7, 2));
    refused(pool, "net.tflite:images: error: operator SPACE_TO_BATCH_ND: it" + alone,
        "net.tflite:y: error: operator BATCH_TO_SPACE_ND: it" + alone);
  }

  @Test
  void blocksPaddingsAndCropsMustFit() {
    TestModel uneven = model();
    set(uneven, PADDINGS, 2, 2, 3, 0);
    refused(uneven, "net.tflite:images: error: operator SPACE_TO_BATCH_ND: a padded map of 11x9 has no whole blocks of "
        + "2x3 [BW0206]");
    TestModel negative = model();
    set(negative, PADDINGS, -1, 4, 3, 0);
    refused(negative, "net.tflite:images: error: operator SPACE_TO_BATCH_ND: the paddings are [-1, 4, 3, 0] (must be two "
        + "for rows and two for columns, 0 to 1048576) [BW0202]");
    TestModel block = model();
    set(block, BLOCK, 0, 3);
    refused(block, "net.tflite:images: error: operator SPACE_TO_BATCH_ND: the block shape is [0, 3] (must be height and "
        + "width, 1 to 1048576) [BW0202]");
    TestModel cropped = model();
    set(cropped, CROPS, 0, 1, 2, 1);
    cropped.tensors.get(7).with(0, of(1, 5, 3, 4));
    refused(cropped, "net.tflite:y: error: operator BATCH_TO_SPACE_ND: crops [0, 1, 2, 1] behind paddings [2, 1, 3, 0] are "
        + "not supported (must take away no more than was put around) [BW0202]");
    TestModel other = model();
    other.operators.get(2).with(1, of(RESULTS, other.ints("other", 3, 2), CROPS));
    refused(other, "net.tflite:y: error: operator BATCH_TO_SPACE_ND: its block is 3x2 (must be that of SPACE_TO_BATCH_ND, "
        + "2x3) [BW0202]");
    TestModel shape = model();
    shape.tensors.get(IMAGES).with(0, of(6, 5, 2, 2));
    refused(shape, "net.tflite:images: error: operator SPACE_TO_BATCH_ND: its result has shape [6, 5, 2, 2] (must be "
        + "[6, 5, 3, 2]) [BW0206]");
  }

  @Test
  void theConvolutionInsideHasNoStride() {
    TestModel m = model();
    m.operators.get(1).with(4, SampleNetworks.window(1, 2, 1));
    m.tensors.get(RESULTS).with(0, of(6, 3, 1, 4));
    m.tensors.get(7).with(0, of(1, 5, 1, 4));
    refused(m, "net.tflite:results: error: operator CONV_2D: stride 1x2 and dilation 1x1 are not supported behind "
        + "SPACE_TO_BATCH_ND (must be 1x1) [BW0202]");
  }
}
