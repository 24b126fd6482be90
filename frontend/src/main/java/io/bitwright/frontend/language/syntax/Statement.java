package io.bitwright.frontend.language.syntax;

import io.bitwright.ir.diag.SourceLocation;
import java.util.List;
import java.util.Optional;

/** A statement of a block or network. */
public sealed interface Statement {
  SourceLocation at();

  /** {@code let a, b = value}: several names take a list apart. */
  record Let(SourceLocation at, List<String> names, Expr value) implements Statement {}

  /** {@code a = value}: gives a variable another value. */
  record Assign(SourceLocation at, String name, Expr value) implements Statement {}

  /** {@code input a: [height, width, channels]}. */
  record Input(SourceLocation at, String name, Expr shape) implements Statement {}

  /** {@code for a, b in items { ... }}. */
  record For(SourceLocation at, List<String> names, Expr items, List<Statement> body) implements Statement {}

  /** {@code if a { ... } else { ... }}; an else-if is an If alone in {@code otherwise}. */
  record If(SourceLocation at, Expr condition, List<Statement> then, Optional<List<Statement>> otherwise)
      implements Statement {}

  /** {@code return a, b}. */
  record Return(SourceLocation at, List<Expr> values) implements Statement {}

  /** {@code require condition, message}. */
  record Require(SourceLocation at, Expr condition, Expr message) implements Statement {}
}
