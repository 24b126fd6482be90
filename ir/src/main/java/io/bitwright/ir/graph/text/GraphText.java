package io.bitwright.ir.graph.text;

import io.bitwright.ir.diag.DiagnosticException;
import io.bitwright.ir.diag.DiagnosticId;
import io.bitwright.ir.diag.SourceLocation;
import io.bitwright.ir.graph.Graph;
import io.bitwright.ir.type.TensorData;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A graph as text, and the constants too long for it.
 *
 * @param text  docs/ir.md has the grammar
 * @param pool  constants by the name that the text uses after {@code @}: their digest where we wrote it
 */
public record GraphText(String text, Map<String, TensorData> pool) {
  private static final String POOL_SUFFIX = ".pool";

  public GraphText {
    pool = Collections.unmodifiableMap(new LinkedHashMap<>(pool));
  }

  /** The graph that the text describes. */
  public Graph parse() {
    return GraphParser.parse("", text, pool);
  }

  /** Writes the text, and the pool beside it as {@code <name>.pool} unless it is empty. */
  public void write(Path file) throws IOException {
    Path poolFile = poolFile(file);
    if (pool.isEmpty()) {
      Files.deleteIfExists(poolFile);
    } else {
      Files.write(poolFile, PoolFile.encode(pool));
    }
    Files.writeString(file, text);
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws DiagnosticException if a file cannot be read or the pool is malformed
   */
  public static GraphText read(Path file) {
    Path poolFile = poolFile(file);
    String text = new String(readBytes(file), StandardCharsets.UTF_8);
    Map<String, TensorData> pool =
        Files.exists(poolFile) ? PoolFile.decode(poolFile.toString(), readBytes(poolFile)) : Map.of();
    return new GraphText(text, pool);
  }

  private static byte[] readBytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      SourceLocation place = new SourceLocation(file.toString(), 0, 0, "");
      throw DiagnosticException.of(DiagnosticId.FILE_NOT_READ, place, file, e.getClass().getSimpleName());
    }
  }

  private static Path poolFile(Path file) {
    return file.resolveSibling(file.getFileName() + POOL_SUFFIX);
  }
}
