package io.bitwright.frontend.language.eval;

import io.bitwright.frontend.language.layer.LayerOp;
import io.bitwright.frontend.language.syntax.Expr;
import io.bitwright.frontend.language.syntax.Statement;
import io.bitwright.frontend.language.value.Value;
import io.bitwright.ir.diag.DiagnosticException;
import io.bitwright.ir.diag.DiagnosticId;
import io.bitwright.ir.diag.SourceLocation;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Executes statements. */
final class Statements {
  private final NetworkBuilder network;
  private final Expressions expressions;

  Statements(NetworkBuilder network, Expressions expressions) {
    this.network = network;
    this.expressions = expressions;
  }

  /** Executes a body; the value that a return in it gives, if one is reached. */
  Optional<Value> run(List<Statement> body, Scope scope) {
    for (int i = 0; i < body.size(); i++) {
      Statement statement = body.get(i);
      if (statement instanceof Statement.Return && i + 1 < body.size()) {
        throw DiagnosticException.of(
            DiagnosticId.LANGUAGE_RESULT, body.get(i + 1).at(), "return", "this statement after it is never reached");
      }
      network.step(statement.at());
      Optional<Value> result = run(statement, scope);
      if (result.isPresent()) {
        return result;
      }
    }
    return Optional.empty();
  }

  private Optional<Value> run(Statement statement, Scope scope) {
    if (statement instanceof Statement.Let s) {
      define(s.names(), expressions.evaluate(s.value(), scope), scope, s.at());
    } else if (statement instanceof Statement.Assign s) {
      scope.assign(s.name(), expressions.evaluate(s.value(), scope), s.at());
    } else if (statement instanceof Statement.Input s) {
      input(s, scope);
    } else if (statement instanceof Statement.For s) {
      return repeat(s, scope);
    } else if (statement instanceof Statement.If s) {
      if (expressions.condition(s.condition(), scope)) {
        return run(s.then(), scope.inner());
      }
      return s.otherwise().isPresent() ? run(s.otherwise().get(), scope.inner()) : Optional.empty();
    } else if (statement instanceof Statement.Require s) {
      if (!expressions.condition(s.condition(), scope)) {
        Value message = expressions.evaluate(s.message(), scope);
        throw DiagnosticException.of(DiagnosticId.LANGUAGE_REQUIREMENT, s.at(),
            message instanceof Value.Text t ? t.value() : message.toString());
      }
    } else if (statement instanceof Statement.Return s) {
      List<Value> values = s.values().stream().map(v -> expressions.evaluate(v, scope)).toList();
      return Optional.of(values.size() == 1 ? values.get(0) : Value.list(values));
    }
    return Optional.empty();
  }

  private static void define(List<String> names, Value value, Scope scope, SourceLocation at) {
    if (names.size() == 1) {
      scope.define(names.get(0), value, at);
      return;
    }
    if (!(value instanceof Value.Items items) || items.values().size() != names.size()) {
      String has = value instanceof Value.Items items ? items.values().size() + " values" : "one " + value.kind();
      throw DiagnosticException.of(DiagnosticId.LANGUAGE_RESULT, at, "'" + String.join(", ", names) + "'",
          names.size() + " names for " + has);
    }
    for (int i = 0; i < names.size(); i++) {
      scope.define(names.get(i), items.values().get(i), at);
    }
  }

  private Optional<Value> repeat(Statement.For loop, Scope scope) {
    Value over = expressions.evaluate(loop.items(), scope);
    long count;
    if (over instanceof Value.Range range) {
      count = range.to() > range.from() && range.from() < 0 && range.to() - range.from() < 0
          ? Long.MAX_VALUE : Math.max(0, range.to() - range.from());
    } else if (over instanceof Value.Items items) {
      count = items.values().size();
    } else {
      throw DiagnosticException.of(
          DiagnosticId.LANGUAGE_TYPE, loop.items().at(), "what a for runs over", over.kind(), over, "a list or range");
    }
    if (count > Limits.REPETITIONS) {
      throw NetworkBuilder.tooLarge(loop.items().at(), "the number of repetitions", count, Limits.REPETITIONS);
    }
    for (int i = 0; i < count; i++) {
      Value item = over instanceof Value.Range range ? Value.of(range.from() + i)
          : ((Value.Items) over).values().get(i);
      Scope inner = scope.inner();
      define(loop.names(), item, inner, loop.at());
      Optional<Value> result = run(loop.body(), inner);
      if (result.isPresent()) {
        return result;
      }
    }
    return Optional.empty();
  }

  private void input(Statement.Input statement, Scope scope) {
    Expr shape = statement.shape();
    Bound dims = new Bound("input '" + statement.name() + "'", shape.at(),
        Map.of("shape", expressions.evaluate(shape, scope)), Map.of());
    List<Integer> sizes = dims.integers("shape", 3, 1, Limits.PIXELS);
    long[] all = {1, sizes.get(0), sizes.get(1), sizes.get(2)};
    scope.define(statement.name(), new Value.Tensor(network.add(
        "input", statement.name(), new LayerOp.Input(), List.of(), all, statement.at())), statement.at());
  }
}
