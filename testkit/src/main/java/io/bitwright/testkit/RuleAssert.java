package io.bitwright.testkit;

import io.bitwright.ir.graph.Graph;
import io.bitwright.ir.graph.GraphEquality;
import io.bitwright.ir.graph.text.GraphParser;
import io.bitwright.ir.graph.text.GraphPrinter;
import io.bitwright.ir.graph.GraphVerifier;
import io.bitwright.ir.rewrite.Rewrite;
import io.bitwright.ir.rewrite.Rewriter;
import io.bitwright.ir.rewrite.Rule;
import io.bitwright.ir.rewrite.SiblingRule;
import java.util.List;
import java.util.Optional;

/** Tests of one rule: {@code assertRule(rule).on(text).becomes(text)} and {@code .doesNotFire()}. */
public final class RuleAssert {
  private final Rewrite rule;

  private RuleAssert(Rewrite rule) {
    this.rule = rule;
  }

  public static RuleAssert assertRule(Rule rule) {
    return new RuleAssert(rule);
  }

  public static RuleAssert assertRule(SiblingRule rule) {
    return new RuleAssert(rule);
  }

  /** The graph to rewrite, given by the statements between its braces. */
  public Subject on(String statements) {
    Graph graph = parse(statements);
    GraphVerifier.requireValid(graph);
    Graph rewritten = new Rewriter("rule under test", List.of(rule)).rewrite(graph);
    GraphVerifier.check(rewritten, "the rule under test");
    return new Subject(graph, rewritten);
  }

  private static Graph parse(String statements) {
    return GraphParser.parse("graph @g {\n" + statements + "\n}\n");
  }

  /** A graph before and after. */
  public static final class Subject {
    private final Graph before;
    private final Graph after;

    private Subject(Graph before, Graph after) {
      this.before = before;
      this.after = after;
    }

    /** The result has the same nodes as these statements, names and origins included. */
    public void becomes(String statements) {
      Optional<String> difference = GraphEquality.difference(parse(statements), after);
      if (difference.isPresent()) {
        throw new AssertionError(
            "expected and rewritten graph differ in " + difference.get() + ":\n" + GraphPrinter.print(after).text());
      }
    }

    public void doesNotFire() {
      if (before != after) {
        throw new AssertionError("the rule fired:\n" + GraphPrinter.print(after).text());
      }
    }
  }
}
