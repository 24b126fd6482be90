package io.bitwright.frontend.language.build;

import io.bitwright.ir.diag.DiagnosticException;
import io.bitwright.ir.diag.DiagnosticId;
import io.bitwright.ir.diag.NearestNames;
import io.bitwright.ir.diag.SourceLocation;
import io.bitwright.ir.type.Shape;
import io.bitwright.ir.type.TensorData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Weights out of a file, by layer name and role: {@code separable_1/conv_bn_1/conv_1.weights}. Convolution weights are
 * [filters, height, width, channels / groups], depthwise ones [1, height, width, filters], dense ones [units, inputs].
 */
public final class StoredWeights implements Weights {
  /** A tensor of a file. */
  record Tensor(List<Long> dims, float[] values) {}

  private final String file;
  private final Map<String, Tensor> tensors;

  private StoredWeights(String file, Map<String, Tensor> tensors) {
    this.file = file;
    this.tensors = new TreeMap<>(tensors);
  }

  /** The weights file beside a description: the same name with the extension safetensors or npz. */
  public static Optional<Path> beside(Path description) {
    String name = description.getFileName().toString();
    String stem = name.substring(0, name.lastIndexOf('.'));
    return List.of(".safetensors", ".npz").stream().map(e -> description.resolveSibling(stem + e))
        .filter(Files::isRegularFile).findFirst();
  }

  /**
   * Reads a file.
   *
   * @throws DiagnosticException if it cannot be read or is damaged
   */
  public static StoredWeights read(Path path) {
    SourceLocation at = new SourceLocation(path.toString(), 0, 0, "");
    try {
      byte[] bytes = Files.readAllBytes(path);
      return new StoredWeights(path.toString(),
          path.toString().endsWith(".npz") ? NumpyArchive.read(bytes) : Safetensors.read(bytes));
    } catch (MalformedWeightsException e) {
      throw DiagnosticException.of(DiagnosticId.MALFORMED_FILE, at, e.getMessage());
    } catch (IOException | OutOfMemoryError e) {
      throw DiagnosticException.of(
          DiagnosticId.FILE_NOT_READ, SourceLocation.NONE, path, e.getClass().getSimpleName());
    }
  }

  @Override
  public TensorData get(String layer, Role role, Shape shape, int fanIn, SourceLocation at) {
    String name = layer + "." + role.text();
    Tensor tensor = tensors.get(name);
    if (tensor == null) {
      throw refuse(layer, "'" + name + "' is not in " + file + " (known: "
          + NearestNames.nearest(name, tensors.keySet()) + ")", at);
    }
    if (!tensor.dims().equals(shape.dims().stream().map(Integer::longValue).toList())) {
      String has = tensor.dims().stream().map(String::valueOf).collect(Collectors.joining("x"));
      throw refuse(layer, "'" + name + "' has shape " + has + " (must be " + shape + ")", at);
    }
    return TensorData.ofFloats(tensor.values());
  }

  private static DiagnosticException refuse(String layer, String what, SourceLocation at) {
    return DiagnosticException.of(DiagnosticId.LANGUAGE_WEIGHTS, at, layer, what);
  }
}
