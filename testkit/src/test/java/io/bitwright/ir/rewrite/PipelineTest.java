package io.bitwright.ir.rewrite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bitwright.ir.diag.DiagnosticException;
import io.bitwright.ir.graph.Graph;
import io.bitwright.ir.graph.text.GraphParser;
import io.bitwright.ir.graph.Node;
import io.bitwright.ir.op.Activation;
import io.bitwright.ir.op.Clamp;
import io.bitwright.ir.op.Op;
import io.bitwright.ir.op.Rounding;
import io.bitwright.ir.passes.StandardPipeline;
import io.bitwright.ir.type.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PipelineTest {
  private static final Pass A = new Pass("a", Promise.BITS, "", List.of());
  private static final Pass B = new Pass("b", Promise.BITS, "", List.of());

  private static Graph chain(int length) {
    StringBuilder text = new StringBuilder("graph @g {\n%0 = input : tensor<2x3 x f32>\n");
    for (int i = 1; i <= length; i++) {
      text.append("%" + i + " = reshape %" + (i - 1) + " : tensor<6 x f32> \"n" + i + "\" origins=[" + i + "]\n");
    }
    return GraphParser.parse(text.append("return %" + length + "\n}").toString());
  }

  @Test
  void theOrderIsChecked() {
    new Pipeline(List.of(A, B), List.of(Pipeline.before("a", "b", "of that")));
    IllegalArgumentException e = assertThrows(IllegalArgumentException.class,
        () -> new Pipeline(List.of(B, A), List.of(Pipeline.before("a", "b", "b needs what a leaves"))));
    assertEquals("'a' must stand before 'b' because b needs what a leaves", e.getMessage());
    assertThrows(IllegalArgumentException.class,
        () -> new Pipeline(List.of(A), List.of(Pipeline.before("a", "b", "of that"))));
    assertThrows(IllegalArgumentException.class, () -> new Pipeline(List.of(A, A), List.of()));
  }

  @Test
  void passNamesAreKebabCase() {
    for (String bad : List.of("", "Fold", "fold_pad", "-fold", "fold-", "fold--pad")) {
      assertThrows(IllegalArgumentException.class, () -> new Pass(bad, Promise.BITS, "", List.of()), bad);
    }
  }

  @Test
  void passesCanBeDisabled() {
    Pipeline standard = StandardPipeline.create();
    Pipeline less = standard.without(Set.of("fold-constants", "fold-tables"));
    assertEquals(standard.names().size() - 2, less.names().size());
    assertTrue(less.pass("fold-tables").isEmpty());
  }

  @Test
  void unknownPassesAreDiagnosedAllAtOnce() {
    DiagnosticException e = assertThrows(DiagnosticException.class,
        () -> StandardPipeline.create().without(Set.of("fold-nothing", "fold-tables", "what")));
    assertEquals(List.of("BW0501", "BW0501"), e.diagnostics().stream().map(d -> d.id().code()).toList());
    assertTrue(e.diagnostics().get(0).message().contains("'fold-nothing' (known: share-constants, "), e.getMessage());
  }

  @Test
  void siblingRulesKeepToTheRules() {
    Graph graph = chain(2);
    SiblingRule retypes = (tensor, readers, all) -> readers.isEmpty() ? Map.of()
        : Map.of(readers.get(0), readers.get(0).replacedBy(new Op.Reshape(), List.of(tensor), tensor.type()));
    IllegalStateException e = assertThrows(IllegalStateException.class,
        () -> new Rewriter("pass p", List.of(retypes)).rewrite(graph));
    assertTrue(e.getMessage().startsWith("pass p: ") && e.getMessage().contains("changes the type of 'n1'"), e.getMessage());
    SiblingRule again = (tensor, readers, all) -> readers.isEmpty() ? Map.of()
        : Map.of(readers.get(0), readers.get(0).withOrigins(List.of()));
    e = assertThrows(IllegalStateException.class, () -> new Rewriter("pass p", List.of(again)).rewrite(graph));
    assertEquals("pass p does not come to an end", e.getMessage());
    assertSame(graph, new Rewriter("pass p", List.of((SiblingRule) (tensor, readers, all) -> Map.of())).rewrite(graph));
  }

  @Test
  void theObserverSeesEveryPassInOrder() {
    List<String> seen = new ArrayList<>();
    Pipeline standard = StandardPipeline.create();
    Graph result = standard.run(chain(3), (pass, graph, nanos) -> {
      seen.add(pass.name());
      assertTrue(nanos > 0);
      assertEquals(pass.name().compareTo("elide-reshapes") == 0 ? 2 : graph.nodes().size(), graph.nodes().size());
    });
    assertEquals(standard.names(), seen);
    assertEquals(2, result.nodes().size());
  }

  @Test
  void aPassThatMakesAnInvalidGraphIsNamed() {
    Rule breaks = (node, match) -> node.op() instanceof Op.Reshape && node.operands().size() == 1
        ? Optional.of(node.replacedBy(new Op.Concat(0), node.operands(), node.type())) : Optional.empty();
    Pass pass = new Pass("break-things", Promise.BITS, "", List.of(breaks));
    IllegalStateException e = assertThrows(IllegalStateException.class, () -> pass.apply(chain(1)));
    assertTrue(e.getMessage().startsWith("pass break-things made an invalid graph:"), e.getMessage());
    assertTrue(e.getMessage().contains("concat 'n1'"), e.getMessage());
  }

  @Test
  void aRuleThatChangesATypeIsNamed() {
    Rule breaks = (node, match) -> node.op() instanceof Op.Reshape
        ? Optional.of(node.replacedBy(node.op(), node.operands(), node.type().withShape(Shape.of(1, 6))))
        : Optional.empty();
    IllegalStateException e = assertThrows(IllegalStateException.class,
        () -> new Rewriter("pass p", List.of(breaks)).rewrite(chain(1)));
    assertTrue(e.getMessage().startsWith("pass p: ") && e.getMessage().contains("changes the type of 'n1'"));
  }

  @Test
  void rulesThatDoNotEndAreNamed() {
    Rule again = (node, match) -> node.op() instanceof Op.Reshape
        ? Optional.of(node.replacedBy(node.op(), node.operands(), node.type())) : Optional.empty();
    IllegalStateException e = assertThrows(IllegalStateException.class,
        () -> new Rewriter("pass p", List.of(again)).rewrite(chain(1)));
    assertTrue(e.getMessage().contains("does not come to an end at 'n1'"), e.getMessage());
  }

  @Test
  void aGraphThatNoRuleMatchesStaysTheSameObject() {
    Graph graph = chain(1);
    assertSame(graph, StandardPipeline.create().run(graph));
  }

  @Test
  void longChainsAreRewrittenInTimeAndWithoutRecursion() {
    Graph result = StandardPipeline.create().run(chain(20_000));
    assertEquals(2, result.nodes().size());
    assertEquals(20_000, result.nodes().get(1).origins().size());
  }

  @Test
  void useCountsFollowRewrites() {
    List<Integer> uses = new ArrayList<>();
    Rule probe = (node, match) -> {
      if (node.op() instanceof Op.Add) {
        uses.add(match.uses(node.operand(0)));
        assertEquals(uses.get(uses.size() - 1) == 1, match.singleUse(node.operand(0)));
      }
      return Optional.empty();
    };
    Rule elide = (node, match) -> node.op() instanceof Op.Reshape && node.type().equals(node.operand(0).type())
        ? Optional.of(node.operand(0)) : Optional.empty();
    Graph graph = GraphParser.parse("""
        graph @g {
          %x = input : tensor<2 x f32>
          %a = relu %x {kind=relu, round=tflite} : tensor<2 x f32>
          %r = reshape %a : tensor<2 x f32>
          %s = reshape %a : tensor<2 x f32>
          %l = logistic %s : tensor<2 x f32>
          %y = add %r, %l {round=tflite} : tensor<2 x f32>
          return %y
        }
        """);
    Graph result = new Rewriter("p", List.of(probe, elide)).rewrite(graph);
    assertTrue(uses.get(0) >= 2, "the two reads of %a are seen in the sweep that elides: " + uses);
    assertEquals(2, uses.get(uses.size() - 1), "exact in the next sweep");
    Node sum = result.outputs().get(0);
    assertSame(sum.operand(0), sum.operand(1).operand(0));
  }

  @Test
  void operandsOfNewNodesAreCounted() {
    List<Integer> uses = new ArrayList<>();
    Rule twice = (node, match) -> {
      if (node.op() instanceof Op.Logistic) {
        uses.add(match.uses(node.operand(0).operand(0)));
      }
      if (!(node.op() instanceof Op.HardSwish)) {
        return Optional.empty();
      }
      Node inner = node.replacedBy(new Op.Relu(Activation.RELU, Rounding.TFLITE), node.operands(), node.type());
      return Optional.of(node.replacedBy(new Op.Add(Clamp.NONE, Rounding.TFLITE), List.of(inner, inner), node.type()));
    };
    new Rewriter("p", List.of(twice)).rewrite(GraphParser.parse("""
        graph @g {
          %x = input : tensor<2 x f32>
          %h = hard_swish %x : tensor<2 x f32>
          %y = logistic %h : tensor<2 x f32>
          return %y
        }
        """));
    assertEquals(List.of(2, 2), uses);
  }
}
