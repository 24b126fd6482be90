package io.bitwright.frontend.tflite.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.bitwright.ir.graph.Graph;
import io.bitwright.ir.graph.Node;
import io.bitwright.ir.op.Op;
import io.bitwright.ir.type.Quantization;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** TFLite's native library from Maven Central loads written files without a warning and computes nearly the same. */
class DefaultKernelsTest {
  /** Float sums in another order, and exp and pow of the C library. */
  private static final double REALS = 2e-6;

  @TempDir
  private Path folder;

  private Map<String, Difference> run(Map<String, Graph> graphs, int frames) throws IOException, InterruptedException {
    assumeTrue(TfliteProcess.isPossible(), "the library is for x86-64 Linux");
    Exchange exchange = new Exchange(folder, frames);
    exchange.write(graphs);
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String errors = exchange.run(
        List.of(java, "-cp", System.getProperty("java.class.path"), TfliteProcess.class.getName()));
    assertEquals("", errors);
    return exchange.differences();
  }

  @Test
  void oneOperatorFilesDifferByOneAtMost() throws IOException, InterruptedException {
    Map<String, Difference> wrong = new LinkedHashMap<>(run(known(WrittenNetworks.oneOperator()), 4));
    wrong.values().removeIf(d -> d.codes() <= 1 && d.reals() <= REALS);
    assertEquals(Map.of(), wrong);
  }

  /** A difference of one early in a network grows; TFLite's own kernels are up to 11 apart, the reference data say. */
  @Test
  void wholeFilesDifferByFew() throws IOException, InterruptedException {
    Map<String, Difference> wrong = new LinkedHashMap<>(run(known(WrittenNetworks.files()), 1));
    wrong.values().removeIf(d -> d.codes() <= 11 && d.reals() <= REALS);
    assertEquals(Map.of(), wrong);
  }

  @Test
  void quantisedNetworksForEveryRuntimeDifferByFew() throws IOException, InterruptedException {
    Set<String> names =
        Set.of("mobilenet_v1", "mobilenet_v2", "mobilenet_v3_small", "efficientnet_b0", "mnasnet_small");
    Map<String, Difference> wrong = new LinkedHashMap<>(run(WrittenNetworks.zooForEveryRuntime(names), 2));
    wrong.values().removeIf(d -> d.codes() <= 15);
    assertEquals(Map.of(), wrong);
  }

  /** Without what this old library, TFLite 2.6.2, does not know or, with a scale a row of weights, gets wrong. */
  private static Map<String, Graph> known(Map<String, Graph> graphs) {
    Map<String, Graph> known = new LinkedHashMap<>(graphs);
    known.values().removeIf(g -> g.nodes().stream().anyMatch(DefaultKernelsTest::isNewer));
    return known;
  }

  private static boolean isNewer(Node node) {
    return node.op() instanceof Op.Conv2d conv && conv.groups() > 1
        || node.op() instanceof Op.Unary && !node.type().isFloat()
        || node.op() instanceof Op.FullyConnected
            && node.operand(1).type().quantization() instanceof Quantization.PerAxis axis && axis.scales().size() > 1;
  }
}
