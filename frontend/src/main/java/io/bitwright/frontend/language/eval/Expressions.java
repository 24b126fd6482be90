package io.bitwright.frontend.language.eval;

import io.bitwright.frontend.language.layer.Layer;
import io.bitwright.frontend.language.syntax.Expr;
import io.bitwright.frontend.language.value.Value;
import io.bitwright.ir.diag.DiagnosticException;
import io.bitwright.ir.diag.DiagnosticId;
import io.bitwright.ir.diag.NearestNames;
import io.bitwright.ir.diag.SourceLocation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Evaluates expressions. */
final class Expressions {
  private static final List<String> MEMBERS = List.of("height", "width", "channels");
  private final NetworkBuilder network;
  private final Calls calls;

  Expressions(NetworkBuilder network, Calls calls) {
    this.network = network;
    this.calls = calls;
  }

  Value evaluate(Expr expr, Scope scope) {
    network.descend(expr.at());
    Value value = valueOf(expr, scope);
    network.ascend();
    return value;
  }

  private Value valueOf(Expr expr, Scope scope) {
    if (expr instanceof Expr.Literal e) {
      return e.value();
    } else if (expr instanceof Expr.Name e) {
      return scope.get(e.name(), e.at());
    } else if (expr instanceof Expr.ListOf e) {
      return Value.list(all(e.items(), scope));
    } else if (expr instanceof Expr.Table e) {
      return table(e, scope);
    } else if (expr instanceof Expr.Unary e) {
      return e.operator().equals("not") ? Value.of(!condition(e.operand(), scope))
          : Arithmetic.negate(evaluate(e.operand(), scope), e.at());
    } else if (expr instanceof Expr.Binary e) {
      return binary(e, scope);
    } else if (expr instanceof Expr.Conditional e) {
      return evaluate(condition(e.condition(), scope) ? e.then() : e.otherwise(), scope);
    } else if (expr instanceof Expr.Call e) {
      return calls.call(e, given(e.arguments(), scope));
    } else if (expr instanceof Expr.Pipe e) {
      return step(e.step(), evaluate(e.left(), scope), e.left().at(), scope);
    } else if (expr instanceof Expr.Member e) {
      return member(evaluate(e.of(), scope), e);
    }
    Expr.Index e = (Expr.Index) expr;
    return element(evaluate(e.of(), scope), evaluate(e.index(), scope), e.index().at());
  }

  private List<Value> all(List<Expr> items, Scope scope) {
    List<Value> values = new ArrayList<>();
    items.forEach(item -> values.add(evaluate(item, scope)));
    return values;
  }

  private Value table(Expr.Table table, Scope scope) {
    List<Value> rows = new ArrayList<>();
    for (Expr.ListOf row : table.rows()) {
      if (row.items().size() != table.columns().size()) {
        throw DiagnosticException.of(DiagnosticId.LANGUAGE_RANGE, row.at(), "the number of cells in row "
            + (rows.size() + 1), row.items().size(), table.columns().size() + ", as the table has columns");
      }
      rows.add(new Value.Items(all(row.items(), scope), table.columns()));
    }
    return Value.list(rows);
  }

  /** The truth value of a condition. */
  boolean condition(Expr expr, Scope scope) {
    Value value = evaluate(expr, scope);
    if (value instanceof Value.Bool bool) {
      return bool.value();
    }
    throw DiagnosticException.of(
        DiagnosticId.LANGUAGE_TYPE, expr.at(), "a condition", value.kind(), value, "bool");
  }

  private Value binary(Expr.Binary e, Scope scope) {
    if (e.operator().equals("and")) {
      return Value.of(condition(e.left(), scope) && condition(e.right(), scope));
    } else if (e.operator().equals("or")) {
      return Value.of(condition(e.left(), scope) || condition(e.right(), scope));
    }
    Value left = evaluate(e.left(), scope);
    Value right = evaluate(e.right(), scope);
    boolean tensors = left instanceof Value.Tensor && right instanceof Value.Tensor;
    if (tensors && (e.operator().equals("+") || e.operator().equals("*"))) {
      return calls.onTensors(e.operator().equals("+") ? "add" : "mul", left, right, e.at());
    }
    return Arithmetic.apply(e.operator(), left, right, e.at());
  }

  private List<Binder.Given> given(List<Expr.Argument> arguments, Scope scope) {
    List<Binder.Given> given = new ArrayList<>();
    for (Expr.Argument a : arguments) {
      given.add(new Binder.Given(a.at(), a.name(), evaluate(a.value(), scope)));
    }
    return given;
  }

  private Value step(Expr.Step step, Value from, SourceLocation at, Scope scope) {
    if (step instanceof Expr.Step.Apply apply) {
      network.step(apply.call().at());
      List<Binder.Given> given = new ArrayList<>();
      given.add(new Binder.Given(at, Optional.empty(), from));
      given.addAll(given(apply.call().arguments(), scope));
      return calls.call(apply.call(), given);
    }
    List<Value> results = new ArrayList<>();
    for (List<Expr.Step> chain : ((Expr.Step.Branches) step).chains()) {
      Value value = from;
      for (Expr.Step next : chain) {
        value = step(next, value, at, scope);
      }
      results.add(value);
    }
    return Value.list(results);
  }

  private static Value member(Value of, Expr.Member e) {
    if (of instanceof Value.Tensor tensor) {
      Layer layer = tensor.layer();
      return switch (e.name()) {
        case "height" -> Value.of((long) layer.height());
        case "width" -> Value.of((long) layer.width());
        case "channels" -> Value.of((long) layer.channels());
        default -> throw DiagnosticException.of(DiagnosticId.LANGUAGE_UNKNOWN_NAME, e.at(), "member of a tensor",
            e.name(), NearestNames.nearest(e.name(), MEMBERS));
      };
    } else if (of instanceof Value.Items items && !items.names().isEmpty()) {
      int index = items.names().indexOf(e.name());
      if (index < 0) {
        throw DiagnosticException.of(DiagnosticId.LANGUAGE_UNKNOWN_NAME, e.at(), "column", e.name(),
            NearestNames.nearest(e.name(), items.names()));
      }
      return items.values().get(index);
    }
    throw DiagnosticException.of(DiagnosticId.LANGUAGE_TYPE, e.at(), "what '." + e.name() + "' is taken of", of.kind(),
        of, "a tensor or a row of a table");
  }

  private static Value element(Value of, Value index, SourceLocation at) {
    if (!(of instanceof Value.Items items)) {
      throw DiagnosticException.of(
          DiagnosticId.LANGUAGE_TYPE, at, "what an element is taken of", of.kind(), of, "list");
    }
    if (!(index instanceof Value.Int i)) {
      throw DiagnosticException.of(DiagnosticId.LANGUAGE_TYPE, at, "an index", index.kind(), index, "int");
    }
    if (i.value() < 0 || i.value() >= items.values().size()) {
      throw DiagnosticException.of(DiagnosticId.LANGUAGE_RANGE, at, "the index of a list", i,
          items.values().isEmpty() ? "none: the list is empty" : "0 to " + (items.values().size() - 1));
    }
    return items.values().get((int) i.value());
  }
}
