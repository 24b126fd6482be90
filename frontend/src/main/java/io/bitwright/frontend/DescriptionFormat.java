package io.bitwright.frontend;

import io.bitwright.frontend.language.format.Formatter;
import io.bitwright.ir.diag.DiagnosticException;
import io.bitwright.ir.diag.DiagnosticId;
import io.bitwright.ir.diag.SourceLocation;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * A network description and its formatted form.
 *
 * @param text  as it is
 * @param formatted  as the formatter lays it out
 */
public record DescriptionFormat(String text, String formatted) {
  /**
   * Reads and formats a file; it is not changed.
   *
   * @throws DiagnosticException if it cannot be read or is no description
   */
  public static DescriptionFormat of(Path file) {
    try {
      String text = Files.readString(file);
      return new DescriptionFormat(text, Formatter.format(file.toString(), text));
    } catch (IOException e) {
      String why = e instanceof NoSuchFileException ? "no such file"
          : e instanceof CharacterCodingException ? "not UTF-8 text" : String.valueOf(e.getMessage());
      throw DiagnosticException.of(DiagnosticId.FILE_NOT_READ, SourceLocation.NONE, file, why);
    }
  }

  public boolean isFormatted() {
    return text.equals(formatted);
  }
}
