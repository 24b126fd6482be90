package io.bitwright.frontend.tflite.export;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bitwright.frontend.flatbuffer.FlatBuffer;
import io.bitwright.frontend.flatbuffer.FlatTable;
import io.bitwright.frontend.flatbuffer.FlatVector;
import io.bitwright.frontend.tflite.schema.OperatorNames;
import io.bitwright.frontend.tflite.schema.Slots;
import io.bitwright.ir.graph.Graph;
import io.bitwright.ir.graph.text.GraphParser;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What stands in written files beside the network itself. */
class WrittenFileTest {
  private static final Graph NETWORK = GraphParser.parse("""
      graph @net {
        %x = input : tensor<1x4x4x2 x i8, q(0.05, -3)> "image"
        %w = constant seeded(1) : tensor<3x1x1x2 x i8, q(axis=0, [0.1, 0.2, 0.3])> "w"
        %b = constant [1, 2, 3] : tensor<3 x i32> "b"
        %u = constant seeded(1) : tensor<3x1x1x2 x i8, q(0.25, 0)> "w"
        %c = conv2d %x, %w, %b {round=tflite} : tensor<1x4x4x3 x i8, q(0.1, 4)> ""
        %d = conv2d %x, %u, %b {round=tflite} : tensor<1x4x4x3 x i8, q(0.1, 4)> "same \\ud83d"
        %y = add %c, %d {round=tflite} : tensor<1x4x4x3 x i8, q(0.1, 4)> "same \\ud83d"
        return %y
      }
      """.replace("\\\\", "\\"));

  private static FlatTable model(Graph graph, Metadata metadata) {
    return new FlatBuffer(TfliteWriter.write(graph, metadata)).root();
  }

  private static FlatTable subgraph(FlatTable model) {
    return model.vector(Slots.MODEL_SUBGRAPHS, 4).table(0);
  }

  private static List<FlatTable> tables(FlatTable owner, int slot) {
    FlatVector vector = owner.vector(slot, 4);
    List<FlatTable> tables = new ArrayList<>();
    for (int i = 0; i < vector.count(); i++) {
      tables.add(vector.table(i));
    }
    return tables;
  }

  private static FlatTable tensor(FlatTable model, String name) {
    return tables(subgraph(model), Slots.SUBGRAPH_TENSORS).stream()
        .filter(t -> t.text(Slots.TENSOR_NAME).equals(name)).findFirst().orElseThrow();
  }

  @Test
  void theSameGraphGivesTheSameBytes() throws IOException {
    Metadata metadata = Metadata.of("a network", Map.of("b", "2", "a", "1", "c", "3"));
    for (Graph graph : WrittenNetworks.oneOperator().values()) {
      assertArrayEquals(TfliteWriter.write(graph, metadata), TfliteWriter.write(graph, metadata));
    }
  }

  @Test
  void tensorsHaveTheirNamesAndNoTwoTheSame() {
    List<String> names = tables(subgraph(model(NETWORK, Metadata.of(""))), Slots.SUBGRAPH_TENSORS).stream()
        .map(t -> t.text(Slots.TENSOR_NAME)).toList();
    assertEquals(List.of("image", "tensor", "same ?", "same ?_1", "w", "b", "w_1", "b_1"), names);
  }

  @Test
  void descriptionMetadataAndSignature() {
    Metadata metadata = Metadata.of("made \u00fcber here", Map.of("zoo", "no", "calibration", "8 frames"));
    FlatTable model = model(NETWORK, metadata);
    assertEquals("made \u00fcber here", model.text(Slots.MODEL_DESCRIPTION));
    List<FlatTable> entries = tables(model, Slots.MODEL_METADATA);
    assertEquals(List.of("calibration", "zoo"), entries.stream().map(e -> e.text(Slots.METADATA_NAME)).toList());
    FlatTable buffer = model.vector(Slots.MODEL_BUFFERS, 4).table(entries.get(0).i32(Slots.METADATA_BUFFER, 0));
    assertEquals("8 frames", new String(buffer.vector(Slots.BUFFER_DATA, 1).bytes()));
    FlatTable signature = model.vector(Slots.MODEL_SIGNATURES, 4).table(0);
    assertEquals("serving_default", signature.text(Slots.SIGNATURE_KEY));
    FlatTable input = signature.vector(Slots.SIGNATURE_INPUTS, 4).table(0);
    assertEquals("image", input.text(Slots.SIGNATURE_TENSOR_NAME));
    assertEquals(subgraph(model).vector(Slots.SUBGRAPH_INPUTS, 4).i32(0), input.i32(Slots.SIGNATURE_TENSOR_INDEX, -1));
    FlatTable output = signature.vector(Slots.SIGNATURE_OUTPUTS, 4).table(0);
    int declared = subgraph(model).vector(Slots.SUBGRAPH_OUTPUTS, 4).i32(0);
    assertEquals(declared, output.i32(Slots.SIGNATURE_TENSOR_INDEX, -1));
    assertEquals(3, output.i32(Slots.SIGNATURE_TENSOR_INDEX, -1));
  }

  @Test
  void biasesHaveTheProductsOfTheScales() {
    FlatTable model = model(NETWORK, Metadata.of(""));
    FlatTable perChannel = tensor(model, "b").table(Slots.TENSOR_QUANTIZATION).orElseThrow();
    assertArrayEquals(new float[] {0.05f * 0.1f, 0.05f * 0.2f, 0.05f * 0.3f},
        perChannel.vector(Slots.QUANTIZATION_SCALE, 4).floats());
    assertEquals(3, perChannel.vector(Slots.QUANTIZATION_ZERO_POINT, 8).count());
    FlatTable whole = tensor(model, "b_1").table(Slots.TENSOR_QUANTIZATION).orElseThrow();
    assertArrayEquals(new float[] {0.05f * 0.25f}, whole.vector(Slots.QUANTIZATION_SCALE, 4).floats());
  }

  @Test
  void equalContentsAreStoredOnceWhereKernelsCanReadThem() {
    FlatTable model = model(NETWORK, Metadata.of(""));
    assertEquals(tensor(model, "w").i32(Slots.TENSOR_BUFFER, 0), tensor(model, "w_1").i32(Slots.TENSOR_BUFFER, 0));
    List<FlatTable> buffers = tables(model, Slots.MODEL_BUFFERS);
    assertEquals(3, buffers.size(), "none, weights, bias");
    assertEquals(0, buffers.get(0).vector(Slots.BUFFER_DATA, 1).count());
    for (FlatTable buffer : buffers.subList(1, 3)) {
      assertEquals(0, buffer.vector(Slots.BUFFER_DATA, 1).position() % 16);
    }
  }

  /** Versions as tensorflow/lite/tools/versioning/op_version.cc gives them. */
  @Test
  void operatorsHaveTheVersionsTheyNeed() throws IOException {
    Map<String, Graph> graphs = WrittenNetworks.oneOperator();
    Map<String, String> expected = Map.ofEntries(
        Map.entry("conv_same", "CONV_2D 3"), Map.entry("conv_u8", "CONV_2D 1"), Map.entry("conv_grouped", "CONV_2D 6"),
        Map.entry("conv_padded", "PAD 2, CONV_2D 3"), Map.entry("depthwise", "DEPTHWISE_CONV_2D 3"),
        Map.entry("depthwise_f32_dilated", "DEPTHWISE_CONV_2D 2"), Map.entry("depthwise_u8", "DEPTHWISE_CONV_2D 1"),
        Map.entry("fully_connected", "FULLY_CONNECTED 4"), Map.entry("fully_connected_keeps_dims", "FULLY_CONNECTED 5"),
        Map.entry("fully_connected_f32", "FULLY_CONNECTED 1"), Map.entry("mul", "MUL 2"),
        Map.entry("mul_growing", "MUL 3"),
        Map.entry("mul_u8", "MUL 1"), Map.entry("relu", "RELU 2"), Map.entry("relu_u8", "RELU 2"),
        Map.entry("relu6", "RELU6 2"), Map.entry("quantize", "QUANTIZE 1"), Map.entry("dequantize", "DEQUANTIZE 2"),
        Map.entry("channel_shuffle", "RESHAPE 1, TRANSPOSE 2"),
        Map.entry("conv_clipped", "CONV_2D 3, MINIMUM 2, MAXIMUM 2"),
        Map.entry("max_pool_padded", "PADV2 2, MAX_POOL_2D 2"), Map.entry("softmax_f32", "SOFTMAX 1"));
    expected.forEach((name, versions) -> {
      List<String> codes = tables(model(graphs.get(name), Metadata.of("")), Slots.MODEL_OPERATOR_CODES).stream()
          .map(c -> OperatorNames.name(c.i32(Slots.CODE_BUILTIN, 0)) + " " + c.i32(Slots.CODE_VERSION, 1)).toList();
      assertEquals(versions, String.join(", ", codes), name);
    });
  }

  @Test
  void numbersThatOldReadersCannotHoldAreMarked() throws IOException {
    FlatTable code = model(WrittenNetworks.oneOperator().get("hard_swish"), Metadata.of(""))
        .vector(Slots.MODEL_OPERATOR_CODES, 4).table(0);
    assertEquals(OperatorNames.code("HARD_SWISH"), code.i8(Slots.CODE_DEPRECATED_BUILTIN, 0));
    assertEquals(code.i8(Slots.CODE_DEPRECATED_BUILTIN, 0), code.i32(Slots.CODE_BUILTIN, 0));
    assertTrue(OperatorNames.code("HARD_SWISH") < 127);
  }
}
