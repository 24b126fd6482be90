package io.bitwright.runners;

import io.bitwright.target.OutputTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * Built trees by the contents that they were built from. A folder appears under its name when it is complete, so
 * several processes may build the same tree at once.
 */
public final class BuildCache {
  private final Path root;

  public BuildCache(Path root) {
    this.root = root;
  }

  /** {@code $BITWRIGHT_CACHE}, or {@code .cache/bitwright} in the user's home. */
  public static BuildCache ofUser() {
    String set = System.getenv("BITWRIGHT_CACHE");
    return new BuildCache(set == null || set.isEmpty()
        ? Path.of(System.getProperty("user.home"), ".cache", "bitwright")
        : Path.of(set));
  }

  /** Builds a tree in a folder that holds its files; the folder is moved afterwards. */
  @FunctionalInterface
  public interface Build {
    void in(Path folder);
  }

  /**
   * The folder of a built tree; builds it if it is not there. A failed build leaves its folder, for its log, under a
   * name that is never looked up; one that is interrupted with this process leaves nothing.
   *
   * @param kind  what built it: a folder of the cache
   * @param settings  everything besides the tree that the build depends on
   */
  public Path folder(String kind, OutputTree tree, List<String> settings, Build build) {
    Path complete = root.resolve(kind).resolve(key(tree, settings));
    if (Files.isDirectory(complete)) {
      return complete;
    }
    try {
      Files.createDirectories(complete.getParent());
      Path folder = Files.createTempDirectory(complete.getParent(), "building-");
      UnfinishedFolder unfinished = new UnfinishedFolder(folder);
      try {
        write(tree, folder);
        build.in(folder);
        return publish(folder, complete);
      } finally {
        unfinished.leave();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path publish(Path folder, Path complete) throws IOException {
    try {
      return Files.move(folder, complete, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      if (!Files.isDirectory(complete)) {
        throw e;
      }
      delete(folder);
      return complete;
    }
  }

  private static void write(OutputTree tree, Path folder) throws IOException {
    for (var file : tree.files().entrySet()) {
      Path path = folder.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.write(path, file.getValue());
    }
  }

  private static String key(OutputTree tree, List<String> settings) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      settings.forEach(s -> update(sha, s.getBytes(StandardCharsets.UTF_8)));
      tree.files().forEach((path, contents) -> {
        update(sha, path.getBytes(StandardCharsets.UTF_8));
        update(sha, contents);
      });
      return HexFormat.of().formatHex(sha.digest(), 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static void update(MessageDigest sha, byte[] part) {
    sha.update((part.length + ":").getBytes(StandardCharsets.UTF_8));
    sha.update(part);
  }

  /** Removes a folder and all it holds. */
  public static void delete(Path folder) {
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
