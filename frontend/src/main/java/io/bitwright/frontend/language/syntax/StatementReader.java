package io.bitwright.frontend.language.syntax;

import io.bitwright.frontend.language.grammar.BwParser;
import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.tree.ParseTree;

/** Reads statements out of the parse tree. */
final class StatementReader {
  private final Places places;
  private final ExpressionReader expressions;

  StatementReader(Places places) {
    this.places = places;
    this.expressions = new ExpressionReader(places);
  }

  ExpressionReader expressions() {
    return expressions;
  }

  List<Statement> read(BwParser.BodyContext body) {
    return body.statement().stream().map(this::read).toList();
  }

  private static List<String> names(List<? extends ParseTree> ids) {
    return ids.stream().map(ParseTree::getText).toList();
  }

  private Statement read(BwParser.StatementContext tree) {
    var at = places.of(tree.getStart());
    if (tree instanceof BwParser.LetStatementContext s) {
      return new Statement.Let(places.of(s.ID(0)), names(s.ID()), expressions.read(s.expr()));
    } else if (tree instanceof BwParser.AssignStatementContext s) {
      return new Statement.Assign(at, s.ID().getText(), expressions.read(s.expr()));
    } else if (tree instanceof BwParser.InputStatementContext s) {
      return new Statement.Input(places.of(s.ID()), s.ID().getText(), expressions.read(s.expr()));
    } else if (tree instanceof BwParser.ForStatementContext s) {
      return new Statement.For(places.of(s.ID(0)), names(s.ID()), expressions.read(s.expr()), read(s.body()));
    } else if (tree instanceof BwParser.ReturnStatementContext s) {
      return new Statement.Return(at, s.expr().stream().map(expressions::read).toList());
    } else if (tree instanceof BwParser.RequireStatementContext s) {
      return new Statement.Require(at, expressions.read(s.expr(0)), expressions.read(s.expr(1)));
    }
    return conditional((BwParser.IfStatementContext) tree);
  }

  /** The last else first: each condition before it encloses what is there. */
  private Statement conditional(BwParser.IfStatementContext tree) {
    int conditions = tree.expr().size();
    Optional<List<Statement>> otherwise =
        tree.body().size() > conditions ? Optional.of(read(tree.body(conditions))) : Optional.empty();
    Statement result = null;
    for (int i = conditions - 1; i >= 0; i--) {
      Expr condition = expressions.read(tree.expr(i));
      result = new Statement.If(condition.at(), condition, read(tree.body(i)), otherwise);
      otherwise = Optional.of(List.of(result));
    }
    return result;
  }
}
