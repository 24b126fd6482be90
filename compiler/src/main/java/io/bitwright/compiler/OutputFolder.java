package io.bitwright.compiler;

import io.bitwright.ir.diag.DiagnosticException;
import io.bitwright.ir.diag.DiagnosticId;
import io.bitwright.ir.diag.SourceLocation;
import io.bitwright.target.OutputTree;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Writes an emitted tree to a folder, whole or not at all.
 *
 * <p>The tree goes to a temporary folder beside and is moved into place. A folder that holds the list of an earlier tree
 * ({@value #LIST}) is replaced: files that list names vanish, all others (the user's own, build products) are kept. A
 * folder with files and no such list is refused.
 */
final class OutputFolder {
  /** Names the files of the tree, a line each. */
  static final String LIST = ".bitwright-files";

  private final Path folder;
  private final Path fresh;
  private final Path old;

  private OutputFolder(Path folder) {
    this.folder = folder;
    String suffix = "." + folder.getFileName() + ".bitwright-" + ProcessHandle.current().pid();
    this.fresh = folder.resolveSibling(suffix + "-new");
    this.old = folder.resolveSibling(suffix + "-old");
  }

  /**
   * Writes the tree.
   *
   * @throws DiagnosticException if the folder is not ours to replace, or writing fails
   */
  static void write(OutputTree tree, Path folder) {
    try {
      Path absolute = folder.toAbsolutePath().normalize();
      Path real = Files.exists(absolute) ? absolute.toRealPath() : absolute;
      if (real.getFileName() == null) {
        throw new IOException("it is the root folder");
      }
      new OutputFolder(real).write(tree);
    } catch (IOException e) {
      throw DiagnosticException.of(DiagnosticId.OUTPUT_NOT_WRITTEN, SourceLocation.NONE, folder, reason(e));
    }
  }

  private static String reason(IOException e) {
    boolean plain = e.getClass() == IOException.class && e.getMessage() != null;
    return plain ? e.getMessage() : e.getClass().getSimpleName() + ": " + e.getMessage();
  }

  private void write(OutputTree tree) throws IOException {
    boolean exists = Files.exists(folder, LinkOption.NOFOLLOW_LINKS);
    Set<String> earlier = exists ? earlierFiles() : Set.of();
    Thread cleanup = new Thread(this::restore);
    Runtime.getRuntime().addShutdownHook(cleanup);
    try {
      replace(tree, exists, earlier);
    } finally {
      restore();
      removeHook(cleanup);
    }
  }

  /** Holds the lock, so that a shutdown waits for a tree that is being written instead of racing with it. */
  private synchronized void replace(OutputTree tree, boolean exists, Set<String> earlier) throws IOException {
    fill(tree);
    if (exists) {
      Files.move(folder, old, StandardCopyOption.ATOMIC_MOVE);
    }
    Files.move(fresh, folder, StandardCopyOption.ATOMIC_MOVE);
    keepOthers(earlier);
  }

  private static void removeHook(Thread cleanup) {
    try {
      Runtime.getRuntime().removeShutdownHook(cleanup);
    } catch (IllegalStateException e) {
      // The virtual machine is ending and runs the hook itself.
      return;
    }
  }

  private Set<String> earlierFiles() throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new IOException("it is a file");
    }
    Path list = folder.resolve(LIST);
    if (Files.isRegularFile(list)) {
      return new TreeSet<>(Files.readAllLines(list));
    }
    try (var entries = Files.list(folder)) {
      if (entries.findAny().isPresent()) {
        throw new IOException("it holds files that bitwright did not write");
      }
    }
    return Set.of();
  }

  private void fill(OutputTree tree) throws IOException {
    Files.createDirectories(fresh);
    for (Map.Entry<String, byte[]> file : tree.files().entrySet()) {
      Path path = fresh.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.write(path, file.getValue());
    }
    Files.writeString(fresh.resolve(LIST), String.join("\n", tree.files().keySet()) + "\n");
  }

  /** Moves what the earlier list does not name into the new folder, unless the new tree has a file of that name. */
  private void keepOthers(Set<String> earlier) throws IOException {
    if (!Files.exists(old)) {
      return;
    }
    List<Path> files;
    try (var walk = Files.walk(old)) {
      files = walk.filter(p -> !Files.isDirectory(p, LinkOption.NOFOLLOW_LINKS)).sorted().toList();
    }
    for (Path file : files) {
      String name = old.relativize(file).toString();
      Path kept = folder.resolve(name);
      if (!earlier.contains(name) && !name.equals(LIST) && !Files.exists(kept, LinkOption.NOFOLLOW_LINKS)) {
        Files.createDirectories(kept.getParent());
        Files.move(file, kept);
      }
    }
    delete(old);
  }

  /** Puts the earlier folder back where the new one did not get into its place; removes what is temporary. */
  private synchronized void restore() {
    try {
      if (Files.exists(old) && !Files.exists(folder)) {
        Files.move(old, folder, StandardCopyOption.ATOMIC_MOVE);
      }
      delete(fresh);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static void delete(Path tree) throws IOException {
    if (!Files.exists(tree, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    Files.walkFileTree(tree, new SimpleFileVisitor<>() {
      @Override
      public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
        Files.delete(file);
        return FileVisitResult.CONTINUE;
      }

      @Override
      public FileVisitResult postVisitDirectory(Path directory, IOException e) throws IOException {
        Files.delete(directory);
        return FileVisitResult.CONTINUE;
      }
    });
  }
}
