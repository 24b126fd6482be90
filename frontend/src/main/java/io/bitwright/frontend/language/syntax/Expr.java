package io.bitwright.frontend.language.syntax;

import io.bitwright.frontend.language.value.Value;
import io.bitwright.ir.diag.SourceLocation;
import java.util.List;
import java.util.Optional;

/** An expression; {@code at} is the place that an error about it names. */
public sealed interface Expr {
  SourceLocation at();

  /** A number, text or truth value. */
  record Literal(SourceLocation at, Value value) implements Expr {}

  /** A variable or constant. */
  record Name(SourceLocation at, String name) implements Expr {}

  /** {@code [a, b]}. */
  record ListOf(SourceLocation at, List<Expr> items) implements Expr {}

  /** A table: named columns and rows of as many cells. */
  record Table(SourceLocation at, List<String> columns, List<ListOf> rows) implements Expr {}

  /** {@code -a} or {@code not a}. */
  record Unary(SourceLocation at, String operator, Expr operand) implements Expr {}

  /** Two operands; {@code and} and {@code or} look at the second only where it decides. */
  record Binary(SourceLocation at, String operator, Expr left, Expr right) implements Expr {}

  /** {@code if a then b else c}. */
  record Conditional(SourceLocation at, Expr condition, Expr then, Expr otherwise) implements Expr {}

  /** {@code f(a, b, name=c)}. */
  record Call(SourceLocation at, String function, List<Argument> arguments) implements Expr {}

  /** {@code a |> step}. */
  record Pipe(SourceLocation at, Expr left, Step step) implements Expr {}

  /** {@code a.name}. */
  record Member(SourceLocation at, Expr of, String name) implements Expr {}

  /** {@code a[i]}. */
  record Index(SourceLocation at, Expr of, Expr index) implements Expr {}

  /** An argument of a call. */
  record Argument(SourceLocation at, Optional<String> name, Expr value) {}

  /** What stands behind {@code |>}. */
  sealed interface Step {
    /** A call that takes the value from the left as its first argument. */
    record Apply(Call call) implements Step {}

    /** Chains that all take the value from the left; their results form a list. */
    record Branches(SourceLocation at, List<List<Step>> chains) implements Step {}
  }
}
