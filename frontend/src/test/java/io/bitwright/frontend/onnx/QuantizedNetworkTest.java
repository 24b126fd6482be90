package io.bitwright.frontend.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bitwright.frontend.ModelLoader;
import io.bitwright.ir.graph.Graph;
import io.bitwright.ir.graph.Node;
import io.bitwright.ir.graph.text.GraphPrinter;
import io.bitwright.ir.op.Op;
import io.bitwright.testkit.TestData;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A network that ONNX Runtime quantised, in both of its formats (testkit/cases/onnx/network.py), against itself. */
class QuantizedNetworkTest {
  /** Outputs are probabilities in codes of about 1/256. */
  private static final float ONE_CODE = 0.0042f;

  private static List<float[]> numbers(Path file) throws IOException {
    return Files.readAllLines(file).stream().map(line -> {
      String[] words = line.split(" ");
      float[] numbers = new float[words.length];
      for (int i = 0; i < numbers.length; i++) {
        numbers[i] = Float.parseFloat(words[i]);
      }
      return numbers;
    }).toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"qdq_quint8", "qdq_qint8", "qoperator_quint8", "qoperator_qint8"})
  void outputsAreWithinOneCode(String name) throws IOException {
    Path folder = TestData.inRepository("frontend/src/test/resources/onnx/networks").orElseThrow();
    Graph graph = ModelLoader.load(folder.resolve(name + ".onnx"));
    Graph optimised = GraphRun.optimised(graph);
    List<Op> reals =
        optimised.nodes().stream().filter(n -> n.type().isFloat() && !n.isConstant()).map(Node::op).toList();
    assertTrue(reals.stream().allMatch(o -> o instanceof Op.Input || o instanceof Op.Dequantize)
        && reals.size() == 2, GraphPrinter.print(optimised).text());
    List<float[]> inputs = numbers(folder.resolve("inputs.txt"));
    List<float[]> outputs = numbers(folder.resolve(name + ".txt"));
    for (int f = 0; f < inputs.size(); f++) {
      byte[] raw = GraphRun.run(graph, optimised, List.of(TestModel.raw(inputs.get(f)))).get(0);
      FloatBuffer found = ByteBuffer.wrap(raw).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
      for (int i = 0; i < outputs.get(f).length; i++) {
        assertEquals(outputs.get(f)[i], found.get(i), ONE_CODE,
            name + ", input " + f + ": not " + Arrays.toString(outputs.get(f)));
      }
    }
  }
}
