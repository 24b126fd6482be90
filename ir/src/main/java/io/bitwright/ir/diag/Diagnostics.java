package io.bitwright.ir.diag;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Collects the findings of a stage, in the order found. Not thread-safe. */
public final class Diagnostics {
  private final List<Diagnostic> found = new ArrayList<>();

  public void report(DiagnosticId id, SourceLocation location, Object... arguments) {
    found.add(Diagnostic.of(id, location, arguments));
  }

  public void addAll(List<Diagnostic> more) {
    found.addAll(more);
  }

  public List<Diagnostic> all() {
    return List.copyOf(found);
  }

  public boolean hasErrors() {
    return found.stream().anyMatch(d -> d.id().severity() == Severity.ERROR);
  }

  /**
   * Ends a stage.
   *
   * @throws DiagnosticException with everything collected, if any of it is an error
   */
  public void throwIfErrors() {
    if (hasErrors()) {
      throw new DiagnosticException(all());
    }
  }

  /** All findings, a line each. */
  public String render() {
    return found.stream().map(Diagnostic::render).collect(Collectors.joining("\n"));
  }
}
