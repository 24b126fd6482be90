package io.bitwright.frontend.language;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.bitwright.frontend.language.layer.LayerRow;
import io.bitwright.frontend.language.layer.LayerTable;
import io.bitwright.testkit.TestData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** Holds every published variant of the zoo's networks to its counts and, where the table is at hand, its layers. */
class ZooCountsTest {
  /** Fields of a reference line that take part: all but name, padding, norm and activation. */
  private static final int[] COMPARED = {1, 2, 3, 5, 6, 7, 8, 9, 12, 13};
  private static final int IN = 8;

  static Map<String, String> settings(String text) {
    Map<String, String> settings = new LinkedHashMap<>();
    Arrays.stream((text == null ? "" : text).split(" ")).filter(s -> !s.isEmpty())
        .forEach(s -> settings.put(s.substring(0, s.indexOf('=')), s.substring(s.indexOf('=') + 1)));
    return settings;
  }

  private static LayerTable table(String network, String parameters) {
    return LayerTable.of(Description.zoo(network).build(settings(parameters)));
  }

  @ParameterizedTest(name = "{0}")
  @CsvFileSource(resources = "/zoo-counts.csv", numLinesToSkip = 1)
  void countsAreThePublishedOnes(String variant, String network, String parameters, long trainable, long total,
      long folded, long macs) {
    LayerTable table = table(network, parameters);
    assertEquals(trainable, table.trainableParameters(), "trainable");
    assertEquals(total, table.totalParameters(), "with moving statistics");
    assertEquals(folded == 0 ? table.foldedParameters() : folded, table.foldedParameters(), "folded");
    assertEquals(macs, table.macs(), "multiply-accumulates");
  }

  /** Widths of MobileNetV3 whose multiply-accumulates are published in millions. */
  @ParameterizedTest(name = "{0}")
  @CsvFileSource(resources = "/zoo-millions.csv", numLinesToSkip = 1)
  void widthsScaleAsPublished(String variant, String network, String parameters, long trainable, double millions) {
    LayerTable table = table(network, parameters);
    assertEquals(trainable, table.trainableParameters(), "trainable");
    assertEquals(millions, Math.round(table.macs() / 1e5) / 10.0, "multiply-accumulates");
  }

  /** MobileNetV3, section 5.1 and figure 5: what the efficient last stage saves. */
  @Test
  void theLastStageOfMobileNetV3IsEitherOfTwo() {
    long trunk = table("mobilenet_v3_large", "").macs() - 8_755_200;
    assertEquals(trunk + 43_072_960, table("mobilenet_v3_large", "last_stage=v2").macs());
  }

  @ParameterizedTest(name = "{0}")
  @CsvFileSource(resources = "/zoo-counts.csv", numLinesToSkip = 1)
  void layersAreThePublishedOnes(String variant, String network, String parameters) throws IOException {
    Optional<Path> file = TestData.root().map(r -> r.resolveSibling("docs/networks/" + variant + ".tsv"))
        .filter(Files::exists);
    assumeTrue(file.isPresent(), "no layer table of " + variant);
    List<String[]> reference = new ArrayList<>();
    for (String line : Files.readAllLines(file.get())) {
      String[] fields = line.split("\t", -1);
      if (!fields[0].equals("layer") && !fields[0].equals("TOTAL")) {
        reference.add(fields);
      }
    }
    Set<String> unsized = new HashSet<>();
    reference.stream().filter(f -> f[IN].isEmpty()).forEach(f -> unsized.add(f[1]));
    List<String> expected = reference.stream().map(ZooCountsTest::compared).sorted().toList();
    List<String> actual = new ArrayList<>();
    for (LayerRow r : table(network, parameters).rows()) {
      boolean sized = !unsized.contains(r.kind());
      actual.add(String.join("\t", r.kind(), r.kernel(), r.stride(), r.groups(), r.cin(), r.cout(),
          sized ? r.in() : "", sized ? r.out() : "", String.valueOf(r.params()), String.valueOf(r.macs())));
    }
    if (variant.startsWith("googlenet") && variant.endsWith("_aux")) {
      removeAuxiliaryClassifiers(actual);
    }
    actual.sort(null);
    assertEquals(String.join("\n", expected), String.join("\n", actual));
  }

  /** The reference tables list no fully connected layers of the two auxiliary heads. */
  private static void removeAuxiliaryClassifiers(List<String> rows) {
    rows.removeIf(r -> r.startsWith("fc") && r.contains("\t2048\t1024\t"));
    String end = rows.stream().filter(r -> r.startsWith("fc")).findFirst().orElseThrow();
    rows.remove(end);
    rows.remove(end);
  }

  private static String compared(String[] fields) {
    StringBuilder text = new StringBuilder();
    for (int i : COMPARED) {
      String field = fields[i];
      boolean stride = i == 3 && Set.of("add", "mul", "concat", "split", "channel_shuffle", "lrn", "bn").contains(fields[1]);
      text.append(text.length() == 0 ? "" : "\t").append(stride ? "" : field);
    }
    return text.toString();
  }
}
