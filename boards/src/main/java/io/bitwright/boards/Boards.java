package io.bitwright.boards;

import io.bitwright.ir.diag.DiagnosticException;
import io.bitwright.ir.diag.DiagnosticId;
import io.bitwright.ir.diag.NearestNames;
import io.bitwright.ir.diag.SourceLocation;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The boards that ship with the compiler, and board files of the user's own. */
public final class Boards {
  private static final long LARGEST_FILE = 1 << 20;

  private Boards() {}

  /** Names of the shipped boards, in the order they are listed. */
  public static List<String> names() {
    return resource("index.txt").lines().filter(line -> !line.isBlank()).toList();
  }

  /** All shipped boards, in the order they are listed. */
  public static List<BoardDescription> all() {
    return names().stream().map(Boards::shipped).toList();
  }

  /**
   * A board by its name, or by the path of a description where the text ends in {@code .json}.
   *
   * @throws DiagnosticException if there is none, or if the description is not valid
   */
  public static BoardDescription find(String nameOrFile) {
    if (nameOrFile.endsWith(".json")) {
      return BoardFile.parse(nameOrFile, readFile(nameOrFile));
    }
    if (!names().contains(nameOrFile)) {
      throw DiagnosticException.of(DiagnosticId.UNKNOWN_NAME, SourceLocation.NONE, "board", nameOrFile,
          NearestNames.of(nameOrFile, names()));
    }
    return shipped(nameOrFile);
  }

  private static BoardDescription shipped(String name) {
    BoardDescription description = BoardFile.parse(name + ".json", resource(name + ".json"));
    if (!description.board().name().equals(name)) {
      throw new IllegalStateException(name + ".json describes board " + description.board().name());
    }
    return description;
  }

  private static String readFile(String file) {
    try {
      Path path = Path.of(file);
      if (Files.size(path) > LARGEST_FILE) {
        throw DiagnosticException.of(DiagnosticId.TOO_LARGE, new SourceLocation(file, 0, 0, ""), "the board description",
            Files.size(path), LARGEST_FILE);
      }
      return Files.readString(path);
    } catch (IOException | java.nio.file.InvalidPathException e) {
      throw DiagnosticException.of(DiagnosticId.FILE_NOT_READ, SourceLocation.NONE, file, e.getClass().getSimpleName());
    }
  }

  private static String resource(String name) {
    try (InputStream in = Boards.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("resource " + name + " is missing");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
