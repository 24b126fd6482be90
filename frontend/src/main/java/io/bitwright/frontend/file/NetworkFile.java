package io.bitwright.frontend.file;

import io.bitwright.ir.diag.DiagnosticException;
import io.bitwright.ir.diag.DiagnosticId;
import io.bitwright.ir.diag.SourceLocation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the importers do with a binary file before they know what is in it. */
public final class NetworkFile {
  private NetworkFile() {}

  /**
   * The contents of a file.
   *
   * @param limitBytes  the largest that is read
   * @throws DiagnosticException if it is no file, is larger, or cannot be read
   */
  public static byte[] read(Path path, long limitBytes) {
    String shown = path.toString();
    try {
      if (!Files.isRegularFile(path)) {
        throw unread(shown, Files.exists(path) ? "not a regular file" : "no such file");
      }
      if (Files.size(path) > limitBytes) {
        throw DiagnosticException.of(
            DiagnosticId.TOO_LARGE, SourceLocation.ofNode(shown, ""), "the file", Files.size(path), limitBytes);
      }
      return Files.readAllBytes(path);
    } catch (IOException e) {
      throw unread(shown, e.getClass().getSimpleName());
    }
  }

  private static DiagnosticException unread(String shown, String why) {
    return DiagnosticException.of(DiagnosticId.FILE_NOT_READ, SourceLocation.NONE, shown, why);
  }

  /** The name of a graph from a file that names none: the last part of the file's name without extension. */
  public static String graphName(String fileName) {
    String last = fileName.substring(Math.max(fileName.lastIndexOf('/'), fileName.lastIndexOf('\\')) + 1);
    int dot = last.lastIndexOf('.');
    return dot > 0 ? last.substring(0, dot) : last;
  }
}
