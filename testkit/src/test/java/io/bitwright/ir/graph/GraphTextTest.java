package io.bitwright.ir.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bitwright.ir.diag.DiagnosticException;
import io.bitwright.ir.diag.SourceLocation;
import io.bitwright.ir.graph.text.GraphParser;
import io.bitwright.ir.graph.text.GraphPrinter;
import io.bitwright.ir.graph.text.GraphText;
import io.bitwright.ir.op.Op;
import io.bitwright.ir.type.ElementType;
import io.bitwright.ir.type.Quantization;
import io.bitwright.ir.type.Shape;
import io.bitwright.ir.type.TensorData;
import io.bitwright.ir.type.TensorType;
import io.bitwright.testkit.RandomGraphs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GraphTextTest {
  private static final int GRAPHS = 1000;

  @Test
  void parsingWhatWasPrintedGivesTheGraphBack() {
    Set<Class<?>> seen = new HashSet<>();
    for (long seed = 0; seed < GRAPHS; seed++) {
      Graph graph = RandomGraphs.graph(seed);
      graph.nodes().forEach(n -> seen.add(n.op().getClass()));
      GraphText text = GraphPrinter.print(graph);
      Graph again = text.parse();
      assertEquals(Optional.empty(), GraphEquality.difference(graph, again), text.text());
      assertEquals(text, GraphPrinter.print(again));
    }
    assertEquals(Op.class.getPermittedSubclasses().length, seen.size(), "operators generated");
  }

  @Test
  void theTextIsAsciiWithoutControlCharacters() {
    for (long seed = 0; seed < 200; seed++) {
      GraphPrinter.print(RandomGraphs.graph(seed)).text().chars()
          .forEach(c -> assertTrue(c == '\n' || c >= ' ' && c < 0x7f, () -> "character " + c));
    }
  }

  @Test
  void theTextDoesNotDependOnTheLocale() {
    Graph graph = RandomGraphs.graph(3);
    Locale before = Locale.getDefault();
    String english = GraphPrinter.print(graph).text();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
      assertEquals(english, GraphPrinter.print(graph).text());
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void filesKeepTextAndPool(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("net.graph");
    Set<Boolean> pooled = new HashSet<>();
    for (long seed = 0; seed < 20; seed++) {
      GraphText text = GraphPrinter.print(RandomGraphs.graph(seed));
      pooled.add(text.pool().isEmpty());
      text.write(file);
      assertEquals(text, GraphText.read(file));
    }
    assertEquals(Set.of(true, false), pooled);
  }

  @Test
  void poolFilesOfAnyContentGiveAPoolOrADiagnostic(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("net.graph");
    GraphText text = constantOf(TensorType.f32(Shape.of(64)), seededFloats(64));
    text.write(file);
    Path pool = folder.resolve("net.graph.pool");
    byte[] good = Files.readAllBytes(pool);
    Random random = new Random(5);
    int refused = 0;
    for (int i = 0; i < 500; i++) {
      byte[] bad = java.util.Arrays.copyOf(good, random.nextInt(good.length));
      for (int k = random.nextInt(4); k > 0 && bad.length > 0; k--) {
        bad[random.nextInt(Math.min(bad.length, 60))] = (byte) random.nextInt();
      }
      Files.write(pool, bad);
      try {
        GraphText.read(file);
      } catch (DiagnosticException e) {
        assertEquals("BW0103", e.diagnostics().get(0).id().code());
        refused++;
      }
    }
    assertTrue(refused > 400, refused + " refused");
  }

  @Test
  void missingFilesAreDiagnosed(@TempDir Path folder) {
    DiagnosticException e = assertThrows(DiagnosticException.class, () -> GraphText.read(folder.resolve("none")));
    assertEquals("BW0101", e.diagnostics().get(0).id().code());
  }

  private static TensorData seededFloats(int n) {
    Random random = new Random(1);
    float[] all = new float[n];
    for (int i = 0; i < n; i++) {
      all[i] = random.nextFloat();
    }
    return TensorData.ofFloats(all);
  }

  private static GraphText constantOf(TensorType type, TensorData data) {
    Node constant = new Node(new Op.Constant("c", data), List.of(), type, "c", SourceLocation.NONE, List.of());
    return GraphPrinter.print(new Graph("g", List.of(), List.of(constant)));
  }

  @Test
  void everyFloatComesBackBitByBit() {
    float[] special = {0f, -0f, Float.MIN_VALUE, Float.MAX_VALUE, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY,
        Float.NaN, Float.intBitsToFloat(0x7fc00123), 1e10f, 2e-45f, 9.8e-45f, 16777216f, 0.1f, 1f / 3};
    for (float value : special) {
      TensorData data = TensorData.ofFloats(value);
      Graph parsed = constantOf(TensorType.f32(Shape.of(1)), data).parse();
      assertEquals(data, parsed.outputs().get(0).constant(), String.valueOf(value));
    }
  }

  @Test
  void constantsHaveTheShortestForm() {
    TensorType type = TensorType.plain(Shape.of(20), ElementType.I32);
    assertTrue(constantOf(type, TensorData.ofInts(new int[20])).text().contains("constant splat(0) :"));
    assertTrue(constantOf(TensorType.plain(Shape.of(3), ElementType.I8), TensorData.ofBytes((byte) 1, (byte) -2, (byte) 3))
        .text().contains("constant [1, -2, 3] :"));
    int[] sevens = new int[20];
    java.util.Arrays.fill(sevens, 7);
    assertTrue(constantOf(type, TensorData.ofInts(sevens)).text().contains("constant splat(7) :"));
    int[] many = new int[20];
    many[7] = 1;
    GraphText pooled = constantOf(type, TensorData.ofInts(many));
    assertTrue(pooled.text().contains("@" + TensorData.ofInts(many).digest()), pooled.text());
    assertEquals(1, pooled.pool().size());
  }

  @Test
  void aConstantMayHaveAnotherNameThanItsTensor() {
    Node constant = new Node(new Op.Constant("buffer", TensorData.ofInts(1)), List.of(),
        TensorType.plain(Shape.of(1), ElementType.I32), "tensor", SourceLocation.NONE, List.of());
    Graph graph = new Graph("g", List.of(), List.of(constant));
    assertEquals(Optional.empty(), GraphEquality.difference(graph, GraphPrinter.print(graph).parse()));
  }

  @Test
  void everyPrefixOfATextIsDiagnosed() {
    GraphText whole = GraphPrinter.print(RandomGraphs.graph(203));
    int end = whole.text().lastIndexOf('}');
    for (int i = 0; i <= end; i++) {
      GraphText prefix = new GraphText(whole.text().substring(0, i), whole.pool());
      assertThrows(DiagnosticException.class, prefix::parse, prefix.text());
    }
  }

  @Test
  void generatedConstantsAreAsDocumented() {
    String text = """
        graph @g {
          %a = constant iota(-128) : tensor<256 x i8>
          %b = constant iota : tensor<3 x f32>
          %c = constant splat(-2.5) : tensor<2x2 x f32>
          %d = constant seeded(7) : tensor<2000 x i8>
          %e = constant @weights.1 : tensor<2 x i32>
          return %a, %b, %c, %d, %e
        }
        """;
    Graph graph = GraphParser.parse("", text, Map.of("weights.1", TensorData.ofInts(4, 5)));
    List<TensorData> data = graph.outputs().stream().map(Node::constant).toList();
    assertEquals(-128, data.get(0).code(0));
    assertEquals(127, data.get(0).code(255));
    assertEquals(TensorData.ofFloats(0, 1, 2), data.get(1));
    assertEquals(TensorData.ofFloats(-2.5f, -2.5f, -2.5f, -2.5f), data.get(2));
    assertEquals(-127, java.util.Arrays.stream(data.get(3).codes()).min().orElseThrow());
    assertEquals(127, java.util.Arrays.stream(data.get(3).codes()).max().orElseThrow());
    assertEquals(TensorData.ofInts(4, 5), data.get(4));
  }

  @Test
  void perAxisScalesGoToThePoolWhenMany() {
    List<Float> scales = new ArrayList<>();
    for (float s : seededFloats(9).reals()) {
      scales.add(s);
    }
    TensorType type = new TensorType(Shape.of(9, 1), ElementType.I8, new Quantization.PerAxis(0, scales));
    GraphText text = constantOf(type, TensorData.ofBytes(new byte[9]));
    assertEquals(Set.of(seededFloats(9).digest()), text.pool().keySet());
    assertEquals(type, text.parse().outputs().get(0).type());
  }

  @Test
  void locationsOfTheTextStandInForMissingOnes() {
    Graph graph = GraphParser.parse("file.graph", "graph @g {\n  %x = input : tensor<1 x f32>\n  return %x\n}", Map.of());
    assertEquals(new SourceLocation("file.graph", 2, 3, ""), graph.inputs().get(0).location());
  }

  @Test
  void everyStructuralDifferenceIsSeen() {
    String base = """
        graph @g {
          %x = input : tensor<1x2x2x1 x f32> "x" origins=[1] loc("f":"n")
          %c = constant [1, 2] {name="c"} : tensor<2 x f32>
          %y = add %x, %x {round=tflite} : tensor<1x2x2x1 x f32>
          return %y, %c
        }
        """;
    Graph graph = GraphParser.parse(base);
    assertTrue(GraphEquality.equal(graph, GraphParser.parse(base)));
    String[][] edits = {{"@g", "@h"}, {"\"x\"", "\"z\""}, {"[1]", "[2]"}, {"\"f\"", "\"g\""}, {"[1, 2]", "[1, 3]"},
        {"\"c\"", "\"d\""}, {"add %x, %x", "add %x, %c"}, {"tflite", "single"}, {"2x2x1 x f32> \"", "2x1x2 x f32> \""},
        {"%y, %c", "%y, %c, %c"}, {"%y, %c", "%c, %y"}};
    for (String[] edit : edits) {
      assertFalse(GraphEquality.equal(graph, GraphParser.parse(base.replace(edit[0], edit[1]))), edit[1]);
    }
  }
}
