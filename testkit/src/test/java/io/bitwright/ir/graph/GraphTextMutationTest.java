package io.bitwright.ir.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bitwright.ir.diag.Diagnostic;
import io.bitwright.ir.diag.DiagnosticException;
import io.bitwright.ir.diag.Diagnostics;
import io.bitwright.ir.graph.text.GraphParser;
import io.bitwright.ir.graph.text.GraphPrinter;
import io.bitwright.ir.graph.text.GraphText;
import io.bitwright.ir.kernel.Lowering;
import io.bitwright.ir.passes.StandardPipeline;
import io.bitwright.testkit.RandomGraphs;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Bad text gives located diagnostics and no other exception; what the verifier accepts, passes and lowering take. */
class GraphTextMutationTest {
  private static final int MUTANTS = 6000;
  private static final long MOST_ELEMENTS = 1 << 20;
  private static final String PIECES = "%@{}<>()[],:=\"\\x0123456789-.q splat iota seeded axis return graph loc origins";

  private final Map<String, Integer> outcomes = new TreeMap<>();

  @Test
  void mutantsGiveDiagnosticsOnly() {
    Random random = new Random(11);
    for (int i = 0; i < MUTANTS; i++) {
      GraphText good = GraphPrinter.print(RandomGraphs.graph(i % 300));
      String bad = good.text();
      for (int k = random.nextInt(3); k >= 0; k--) {
        bad = mutate(bad, random);
      }
      outcomes.merge(outcome(new GraphText(bad, good.pool())), 1, Integer::sum);
    }
    assertEquals(java.util.Set.of("BW0301", "BW0302", "BW0303", "valid"), outcomes.keySet());
    outcomes.forEach((outcome, count) -> assertTrue(count > MUTANTS / 100, outcomes.toString()));
  }

  private static String outcome(GraphText text) {
    try {
      Graph graph = GraphParser.parse("mutant.graph", text.text(), text.pool());
      GraphVerifier.requireValid(graph);
      boolean small = graph.nodes().stream().allMatch(n -> n.type().shape().elements() < MOST_ELEMENTS);
      if (small) {
        compile(graph);
      }
      return "valid";
    } catch (DiagnosticException e) {
      Diagnostic first = e.diagnostics().get(0);
      assertTrue(first.location().line() > 0 || first.id().code().equals("BW0303"), first.render());
      return first.id().code();
    } catch (RuntimeException e) {
      throw new AssertionError(text.text(), e);
    }
  }

  private static void compile(Graph graph) {
    Graph optimized = StandardPipeline.create().run(graph);
    try {
      Lowering.lower(optimized, new Diagnostics());
    } catch (DiagnosticException e) {
      assertEquals("BW0402", e.diagnostics().get(0).id().code());
    }
  }

  private static String mutate(String text, Random random) {
    int at = random.nextInt(text.length());
    int end = Math.min(text.length(), at + 1 + random.nextInt(8));
    return switch (random.nextInt(6)) {
      case 0 -> text.substring(0, at) + text.substring(end);
      case 1 -> text.substring(0, at) + text.substring(at, end) + text.substring(at);
      case 2 -> text.substring(0, at) + PIECES.charAt(random.nextInt(PIECES.length())) + text.substring(at);
      case 3 -> text.substring(0, at) + (char) random.nextInt(256) + text.substring(at + 1);
      case 4 -> digit(text, at, random);
      default -> line(text, random);
    };
  }

  /** Another digit in place of the next one. */
  private static String digit(String text, int from, Random random) {
    for (int i = from; i < text.length(); i++) {
      if (Character.isDigit(text.charAt(i))) {
        return text.substring(0, i) + random.nextInt(10) + text.substring(i + 1);
      }
    }
    return text;
  }

  /** One line removed or put elsewhere. */
  private static String line(String text, Random random) {
    java.util.List<String> lines = new java.util.ArrayList<>(text.lines().toList());
    String taken = lines.remove(random.nextInt(lines.size()));
    if (random.nextBoolean()) {
      lines.add(random.nextInt(lines.size() + 1), taken);
    }
    return String.join("\n", lines);
  }
}
