package io.bitwright.frontend.tflite.export;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.bitwright.ir.graph.Graph;
import io.bitwright.ir.op.Op;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** TFLite's reference kernels give for a written file the bytes that the interpreter gives for the graph. */
@Tag("slow")
class ReferenceResolverTest {
  /** Float sums in another order, and exp and pow of the C library. */
  private static final double REALS = 2e-6;

  @TempDir
  private Path folder;

  private void check(Map<String, Graph> graphs, int frames) throws IOException, InterruptedException {
    Exchange exchange = new Exchange(folder, frames);
    exchange.write(graphs);
    String errors = exchange.run(TflitePython.command("reference"));
    assertEquals("", errors);
    Map<String, Difference> wrong = new LinkedHashMap<>(exchange.differences());
    wrong.values().removeIf(d -> d.codes() == 0 && d.reals() <= REALS);
    // This reference kernel leaves out the last of the neighbours that TensorFlow defines; the default kernel does not.
    wrong.keySet().removeIf(
        name -> graphs.get(name).nodes().stream().anyMatch(n -> n.op() instanceof Op.LocalResponseNorm));
    assertEquals(Map.of(), wrong);
  }

  @Test
  void oneOperatorFilesGiveTheSameBytes() throws IOException, InterruptedException {
    check(WrittenNetworks.oneOperator(), 8);
  }

  @Test
  void randomGraphsGiveTheSameBytes() throws IOException, InterruptedException {
    check(WrittenNetworks.random(400), 2);
  }

  @Test
  void quantisedNetworksOfTheZooGiveTheSameBytes() throws IOException, InterruptedException {
    check(WrittenNetworks.zoo(WrittenNetworks.zooNames()), 2);
  }

  @Test
  void networksForEveryRuntimeGiveTheSameBytes() throws IOException, InterruptedException {
    check(WrittenNetworks.zooForEveryRuntime(Set.of("mobilenet_v3_small", "mnasnet_small", "efficientnet_b0")), 2);
  }

  @Test
  void networksWith16BitActivationsGiveTheSameBytes() throws IOException, InterruptedException {
    check(WrittenNetworks.wideZoo(WrittenNetworks.zooNames()), 2);
  }

  @Test
  void networksFromOnnxGiveTheSameBytes() throws IOException, InterruptedException {
    check(WrittenNetworks.onnx(), 2);
  }

  @Test
  void filesWrittenAnewGiveTheSameBytes() throws IOException, InterruptedException {
    check(WrittenNetworks.files(), 3);
  }
}
