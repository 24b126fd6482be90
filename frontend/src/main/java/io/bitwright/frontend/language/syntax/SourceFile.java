package io.bitwright.frontend.language.syntax;

import io.bitwright.frontend.language.value.ParameterType;
import io.bitwright.ir.diag.SourceLocation;
import java.util.List;
import java.util.Optional;

/**
 * The syntax tree of one file.
 *
 * @param name  the file as messages name it
 * @param comment  the comment at the file's head, without number signs
 */
public record SourceFile(String name, String comment, List<Import> imports, List<Definition> definitions) {
  /** {@code import "path"}. */
  public record Import(SourceLocation at, String path) {}

  /** A parameter of a block or network. */
  public record Parameter(SourceLocation at, String name, ParameterType type, Optional<Expr> fallback) {}

  /** What stands at a file's top level. */
  public sealed interface Definition {
    SourceLocation at();

    String name();

    /** A constant. */
    record Constant(SourceLocation at, String name, Expr value) implements Definition {}

    /** A reusable block or, if {@code network}, a network. */
    record Block(SourceLocation at, String name, boolean network, List<Parameter> parameters, List<Statement> body,
        SourceLocation end) implements Definition {}
  }
}
