package io.bitwright.ir.diag;

import java.util.List;
import java.util.stream.Collectors;

/** Ends a stage because of the user's input; carries all of the stage's findings. */
public final class DiagnosticException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final transient List<Diagnostic> diagnostics;

  public DiagnosticException(List<Diagnostic> diagnostics) {
    super(diagnostics.stream().map(Diagnostic::render).collect(Collectors.joining("\n")));
    this.diagnostics = List.copyOf(diagnostics);
  }

  /** A stage that stops at its first error. */
  public static DiagnosticException of(DiagnosticId id, SourceLocation location, Object... arguments) {
    return new DiagnosticException(List.of(Diagnostic.of(id, location, arguments)));
  }

  public List<Diagnostic> diagnostics() {
    return diagnostics;
  }
}
