package io.bitwright.ir.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bitwright.ir.diag.SourceLocation;
import io.bitwright.ir.op.Op;
import io.bitwright.ir.type.Shape;
import io.bitwright.ir.type.TensorType;
import io.bitwright.testkit.RandomGraphs;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What text cannot express; the rest is in golden/verify. */
class GraphVerifierTest {
  private static Node input(String name) {
    return new Node(new Op.Input(), List.of(), TensorType.f32(Shape.of(2)), name, SourceLocation.NONE, List.of());
  }

  private static List<String> messages(Graph graph) {
    return GraphVerifier.verify(graph).stream().map(d -> d.message()).toList();
  }

  @Test
  void generatedGraphsAreValid() {
    for (long seed = 0; seed < 1000; seed++) {
      assertEquals(List.of(), messages(RandomGraphs.graph(seed)));
    }
  }

  @Test
  void inputsAreFedOnceAndAreInputs() {
    Node x = input("x");
    Node y = x.replacedBy(new Op.Logistic(), List.of(x), x.type());
    assertEquals(List.of("input 'x' is an input twice"), messages(new Graph("g", List.of(x, x), List.of(y))));
    assertEquals(List.of("input 'x' is missing among the graph's inputs"),
        messages(new Graph("g", List.of(input("z")), List.of(y))));
    assertEquals(List.of("logistic 'x' is fed by the user, but is no input"),
        messages(new Graph("g", List.of(x, y), List.of(y))));
  }

  @Test
  void aGraphHasAnOutput() {
    assertEquals(List.of("the graph has no output"), messages(new Graph("g", List.of(input("x")), List.of())));
  }

  @Test
  void ourOwnFaultsNameStageAndNode() {
    Node x = input("x");
    Node y = x.replacedBy(new Op.Logistic(), List.of(x), TensorType.f32(Shape.of(3)));
    IllegalStateException e = assertThrows(IllegalStateException.class,
        () -> GraphVerifier.check(new Graph("g", List.of(x), List.of(y)), "pass p"));
    assertTrue(e.getMessage().contains("pass p") && e.getMessage().contains("logistic 'x' has shape 3 (must be 2)"));
  }
}
