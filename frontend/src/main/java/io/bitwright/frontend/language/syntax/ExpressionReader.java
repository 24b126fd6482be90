package io.bitwright.frontend.language.syntax;

import io.bitwright.frontend.language.grammar.BwParser;
import io.bitwright.frontend.language.value.Value;
import io.bitwright.ir.diag.DiagnosticException;
import io.bitwright.ir.diag.DiagnosticId;
import io.bitwright.ir.diag.SourceLocation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.tree.ParseTree;
import org.antlr.v4.runtime.tree.TerminalNode;

/** Reads expressions out of the parse tree. */
final class ExpressionReader {
  private final Places places;

  ExpressionReader(Places places) {
    this.places = places;
  }

  Expr read(BwParser.ExprContext tree) {
    SourceLocation at = places.of(tree.getStart());
    if (tree instanceof BwParser.PrimaryExprContext e) {
      return primary(e.primary());
    } else if (tree instanceof BwParser.MemberExprContext e) {
      return new Expr.Member(places.of(e.ID()), read(e.expr()), e.ID().getText());
    } else if (tree instanceof BwParser.IndexExprContext e) {
      return new Expr.Index(places.of(e.expr(1).getStart()), read(e.expr(0)), read(e.expr(1)));
    } else if (tree instanceof BwParser.NegateExprContext e) {
      return new Expr.Unary(at, "-", read(e.expr()));
    } else if (tree instanceof BwParser.NotExprContext e) {
      return new Expr.Unary(at, "not", read(e.expr()));
    } else if (tree instanceof BwParser.PipeExprContext e) {
      Expr.Step step = step(e.step());
      return new Expr.Pipe(places.of(e.step().getStart()), read(e.expr()), step);
    } else if (tree instanceof BwParser.IfExprContext e) {
      return new Expr.Conditional(places.of(e.expr(0).getStart()), read(e.expr(0)), read(e.expr(1)), read(e.expr(2)));
    }
    return binary(tree);
  }

  /** All others have the shape: expression, operator, expression. */
  private Expr binary(BwParser.ExprContext tree) {
    TerminalNode operator = (TerminalNode) tree.getChild(1);
    Expr left = read((BwParser.ExprContext) tree.getChild(0));
    Expr right = read((BwParser.ExprContext) tree.getChild(2));
    return new Expr.Binary(places.of(operator), operator.getText(), left, right);
  }

  private Expr primary(BwParser.PrimaryContext tree) {
    SourceLocation at = places.of(tree.getStart());
    if (tree instanceof BwParser.LiteralPrimaryContext p) {
      return literal((TerminalNode) p.literal().getChild(0), false);
    } else if (tree instanceof BwParser.CallPrimaryContext p) {
      return new Expr.Call(at, p.ID().getText(), arguments(p.arguments()));
    } else if (tree instanceof BwParser.NamePrimaryContext p) {
      return new Expr.Name(at, p.ID().getText());
    } else if (tree instanceof BwParser.NestedPrimaryContext p) {
      return read(p.expr());
    } else if (tree instanceof BwParser.ListPrimaryContext p) {
      return new Expr.ListOf(at, p.expr().stream().map(this::read).toList());
    }
    return table((BwParser.TablePrimaryContext) tree);
  }

  private Expr literal(TerminalNode token, boolean negative) {
    SourceLocation at = places.of(token);
    String text = (negative ? "-" : "") + token.getText();
    switch (token.getSymbol().getType()) {
      case BwParser.INT -> {
        try {
          return new Expr.Literal(at, Value.of(Long.parseLong(text)));
        } catch (NumberFormatException e) {
          throw DiagnosticException.of(DiagnosticId.LANGUAGE_NUMBER, at, text, "leaves 64 bits");
        }
      }
      case BwParser.REAL -> {
        double value = Double.parseDouble(text);
        if (Double.isInfinite(value)) {
          throw DiagnosticException.of(DiagnosticId.LANGUAGE_NUMBER, at, text, "is not finite");
        }
        return new Expr.Literal(at, Value.of(value));
      }
      case BwParser.STRING -> {
        return new Expr.Literal(at, Value.of(Places.unquote(text)));
      }
      default -> {
        return new Expr.Literal(at, Value.of(text.equals("true")));
      }
    }
  }

  private List<Expr.Argument> arguments(BwParser.ArgumentsContext tree) {
    if (tree == null) {
      return List.of();
    }
    return tree.argument().stream().map(a -> new Expr.Argument(places.of(a.getStart()),
        Optional.ofNullable(a.ID()).map(ParseTree::getText), read(a.expr()))).toList();
  }

  private Expr.Step step(BwParser.StepContext tree) {
    SourceLocation at = places.of(tree.getStart());
    if (tree instanceof BwParser.CallStepContext s) {
      return new Expr.Step.Apply(new Expr.Call(at, s.ID().getText(), arguments(s.arguments())));
    }
    List<List<Expr.Step>> chains = new ArrayList<>();
    for (BwParser.ChainContext chain : ((BwParser.BranchStepContext) tree).chain()) {
      chains.add(chain.step().stream().map(this::step).toList());
    }
    return new Expr.Step.Branches(at, chains);
  }

  private Expr table(BwParser.TablePrimaryContext tree) {
    List<String> columns = tree.header().ID().stream().map(ParseTree::getText).toList();
    List<Expr.ListOf> rows = tree.row().stream()
        .map(r -> new Expr.ListOf(places.of(r.getStart()), r.cell().stream().map(this::cell).toList())).toList();
    return new Expr.Table(places.of(tree.getStart()), columns, rows);
  }

  private Expr cell(BwParser.CellContext tree) {
    SourceLocation at = places.of(tree.getStart());
    if (tree.ID() != null) {
      return new Expr.Name(at, tree.ID().getText());
    }
    TerminalNode first = (TerminalNode) tree.getChild(0);
    return switch (first.getText()) {
      case "(" -> read(tree.expr(0));
      case "[" -> new Expr.ListOf(at, tree.expr().stream().map(this::read).toList());
      case "-" -> literal((TerminalNode) tree.getChild(1), true);
      default -> literal(first, false);
    };
  }
}
