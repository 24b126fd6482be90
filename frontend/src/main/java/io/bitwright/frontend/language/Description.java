package io.bitwright.frontend.language;

import io.bitwright.frontend.language.eval.Evaluation;
import io.bitwright.frontend.language.layer.NetworkModel;
import io.bitwright.frontend.language.syntax.DescriptionParser;
import io.bitwright.frontend.language.syntax.SourceFile;
import io.bitwright.frontend.language.value.Signature;
import io.bitwright.ir.diag.DiagnosticException;
import io.bitwright.ir.diag.DiagnosticId;
import io.bitwright.ir.diag.SourceLocation;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A network description with all that it imports, parsed. Immutable. */
public final class Description {
  private static final int MOST_FILES = 100;
  private final List<SourceFile> files;

  private Description(List<SourceFile> files) {
    this.files = List.copyOf(files);
  }

  /**
   * Reads a description.
   *
   * @throws DiagnosticException if it or an import cannot be read or parsed
   */
  public static Description load(Path path) {
    return of(path.toString());
  }

  /** A network of the zoo, by its name. */
  public static Description zoo(String name) {
    return of(Sources.ZOO + name + ".bw");
  }

  private static Description of(String name) {
    try {
      return parse(name, Sources.read(name));
    } catch (IOException e) {
      throw DiagnosticException.of(
          DiagnosticId.FILE_NOT_READ, SourceLocation.NONE, name, String.valueOf(e.getMessage()));
    }
  }

  /**
   * Parses a description that is at hand as text.
   *
   * @param name  the file that it would be in, for messages and imports
   */
  public static Description parse(String name, String text) {
    Map<String, SourceFile> files = new LinkedHashMap<>();
    collect(name, text, files, new LinkedHashSet<>());
    return new Description(new ArrayList<>(files.values()));
  }

  /** Imports come before the file itself, so that what a file uses is there. */
  private static void collect(String name, String text, Map<String, SourceFile> files, Set<String> open) {
    SourceFile file = DescriptionParser.parse(name, text);
    open.add(name);
    for (SourceFile.Import wanted : file.imports()) {
      include(name, wanted, files, open);
    }
    open.remove(name);
    files.put(name, file);
  }

  private static void include(String name, SourceFile.Import wanted, Map<String, SourceFile> files, Set<String> open) {
    try {
      String resolved = Sources.resolve(name, wanted.path());
      if (open.contains(resolved)) {
        throw DiagnosticException.of(
            DiagnosticId.LANGUAGE_IMPORT, wanted.at(), wanted.path(), "it is being imported already, a cycle");
      }
      if (files.size() + open.size() >= MOST_FILES) {
        throw DiagnosticException.of(
            DiagnosticId.LANGUAGE_TOO_LARGE, wanted.at(), "the number of files", files.size() + open.size(), MOST_FILES);
      }
      if (!files.containsKey(resolved)) {
        collect(resolved, Sources.read(resolved), files, open);
      }
    } catch (IOException | InvalidPathException e) {
      throw DiagnosticException.of(
          DiagnosticId.LANGUAGE_IMPORT, wanted.at(), wanted.path(), String.valueOf(e.getMessage()));
    }
  }

  /** The network's name and parameters with their defaults. */
  public Signature signature() {
    return new Evaluation(files).signature();
  }

  /** The comment at the head of the network's file. */
  public String comment() {
    return files.get(files.size() - 1).comment();
  }

  /**
   * The network's layers.
   *
   * @param settings  values of its parameters as text; defaults for the others
   * @throws DiagnosticException at the description's first mistake
   */
  public NetworkModel build(Map<String, String> settings) {
    return new Evaluation(files).build(settings);
  }
}
