package io.bitwright.ir.diag;

import java.util.List;
import java.util.Locale;

/**
 * One finding about the user's input.
 *
 * @param id  what it is
 * @param location  where it is
 * @param arguments  the values that fill the message's template, in order
 */
public record Diagnostic(DiagnosticId id, SourceLocation location, List<String> arguments) {
  public Diagnostic {
    arguments = List.copyOf(arguments);
  }

  public static Diagnostic of(DiagnosticId id, SourceLocation location, Object... arguments) {
    return new Diagnostic(id, location, java.util.Arrays.stream(arguments).map(String::valueOf).toList());
  }

  /** The message without location and code. */
  public String message() {
    Object[] safe = arguments.stream().map(Printable::of).toArray();
    return String.format(Locale.ROOT, id.template(), safe);
  }

  /** {@code file:line:col: error: message [BW0203]}. */
  public String render() {
    String place = location.render();
    return (place.isEmpty() ? "" : place + ": ") + id.severity().word() + ": " + message() + " [" + id.code() + "]";
  }
}
