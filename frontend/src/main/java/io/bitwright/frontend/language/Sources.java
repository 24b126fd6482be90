package io.bitwright.frontend.language;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Where the texts of descriptions come from: files, and the zoo's own, whose names begin with {@code zoo:}. */
final class Sources {
  static final String ZOO = "zoo:";
  private static final String FOLDER = "/io/bitwright/zoo/";

  private Sources() {}

  /** The name of an imported file. */
  static String resolve(String importer, String path) {
    if (path.startsWith(ZOO)) {
      return path;
    }
    if (importer.startsWith(ZOO)) {
      String inside = importer.substring(ZOO.length());
      Path parent = Path.of(inside).getParent();
      Path joined = parent == null ? Path.of(path) : parent.resolve(path);
      return ZOO + joined.normalize().toString().replace('\\', '/');
    }
    Path parent = Path.of(importer).getParent();
    return (parent == null ? Path.of(path) : parent.resolve(path)).normalize().toString();
  }

  /**
   * The text of a file.
   *
   * @throws IOException with a message for the user
   */
  static String read(String name) throws IOException {
    try {
      if (!name.startsWith(ZOO)) {
        return Files.readString(Path.of(name));
      }
      try (InputStream in = Sources.class.getResourceAsStream(FOLDER + name.substring(ZOO.length()))) {
        if (in == null) {
          throw new NoSuchFileException(name);
        }
        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
      }
    } catch (NoSuchFileException | InvalidPathException e) {
      throw new IOException("no such file", e);
    } catch (CharacterCodingException e) {
      throw new IOException("not UTF-8 text", e);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }
}
