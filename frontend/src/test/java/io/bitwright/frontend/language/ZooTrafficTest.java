package io.bitwright.frontend.language;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.bitwright.frontend.language.build.GraphBuilder;
import io.bitwright.frontend.language.build.SeededWeights;
import io.bitwright.frontend.language.layer.NetworkModel;
import io.bitwright.ir.cost.ConvolutionTraffic;
import io.bitwright.ir.cost.NetworkCost;
import io.bitwright.ir.cost.ReceptiveField;
import io.bitwright.ir.cost.Traffic;
import io.bitwright.ir.graph.Graph;
import io.bitwright.testkit.TestData;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;

/** Holds the activation traffic of the zoo's networks to the published figures, in millions of elements. */
class ZooTrafficTest {
  private static final int TRAFFIC = 8;

  private static Graph graph(String network, String parameters) {
    NetworkModel model = Description.zoo(network).build(ZooCountsTest.settings(parameters));
    return GraphBuilder.build(model, new SeededWeights(1));
  }

  private static ConvolutionTraffic traffic(String network, String parameters) {
    return NetworkCost.of(graph(network, parameters)).convolutionTraffic();
  }

  /** With two decimals, the exact value of the double rounded, as the table has them: 12,225,000 is 12.22. */
  private static String millions(Traffic... traffic) {
    return Arrays.stream(traffic).map(t -> new BigDecimal(t.elements() / 1e6).setScale(2, RoundingMode.HALF_EVEN))
        .map(BigDecimal::toString).collect(Collectors.joining(" / "));
  }

  private static Optional<String> published(String variant) throws IOException {
    Optional<Path> file = TestData.root().map(r -> r.resolveSibling("docs/networks.md")).filter(Files::exists);
    assumeTrue(file.isPresent(), "no table of networks");
    List<String[]> rows = Files.readAllLines(file.get()).stream().filter(l -> l.startsWith("| " + variant + " |"))
        .map(l -> l.split("\\|", -1)).filter(cells -> cells.length > TRAFFIC).toList();
    assertEquals(1, rows.size(), variant);
    return Optional.of(rows.get(0)[TRAFFIC].strip()).filter(t -> !t.isEmpty());
  }

  @ParameterizedTest(name = "{0}")
  @CsvFileSource(resources = "/zoo-counts.csv", numLinesToSkip = 1)
  void trafficIsThePublishedOne(String variant, String network, String parameters) throws IOException {
    Optional<String> published = published(variant);
    if (published.isEmpty()) {
      assertTrue(variant.endsWith("_aux"), "only networks with auxiliary heads have no figures, not " + variant);
      return;
    }
    ConvolutionTraffic traffic = traffic(network, parameters);
    assertEquals(published.get(), millions(traffic.unfused(), traffic.pairsFused(), traffic.blocksFused()));
    assertEquals(4 * traffic.blocksFused().elements(), traffic.blocksFused().bytes());
    assertEquals(network.startsWith("nasnet"), traffic.blocksShared().elements() > 0, "read outside of the block too");
    assertEquals(0, traffic.pairsShared().elements());
  }

  /**
   * Receptive fields of the last feature map. MobileNetV1 and Inception V2 and V3: the table of Araujo et al., Distill
   * 2019; the others: 1 plus the sum of (kernel - 1) * stride so far over the layers of the longest path.
   */
  @ParameterizedTest
  @CsvSource({"mobilenet_v1, '', 315, 32", "mobilenet_v1, alpha=0.75, 315, 32", "mobilenet_v2, '', 491, 32",
      "inception_v2, variant=slim, 699, 32", "inception_v3, '', 1311, 32", "squeezenet1_1, '', 207, 16"})
  void receptiveFieldsAreThePublishedOnes(String network, String parameters, int size, int stride) {
    ReceptiveField.Window window =
        NetworkCost.of(graph(network, parameters)).lastMap().orElseThrow().receptiveField().window().orElseThrow();
    assertEquals(List.of(size, size, stride, stride), Stream.of(window.rows().size(), window.columns().size(),
        window.rows().stride(), window.columns().stride()).map(Long::intValue).toList());
  }
}
