package io.bitwright.frontend;

import io.bitwright.ir.op.Rounding;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the user says about a model besides its file.
 *
 * @param parameters  of a network description, as text; defaults for the others
 * @param seed  of weights where a network description has none
 * @param shapes  of inputs whose sizes an ONNX file leaves open, by name; under the empty name that of the only input
 * @param rounding  of a quantised ONNX file, where it is not to be the one that the format means
 */
public record ModelSettings(Map<String, String> parameters, long seed, Map<String, List<Integer>> shapes,
    Optional<Rounding> rounding) {
  public static final ModelSettings DEFAULT = new ModelSettings(Map.of(), 1);

  public ModelSettings {
    parameters = Collections.unmodifiableSortedMap(new TreeMap<>(parameters));
    shapes = Collections.unmodifiableSortedMap(new TreeMap<>(shapes));
  }

  /** Settings of a network description. */
  public ModelSettings(Map<String, String> parameters, long seed) {
    this(parameters, seed, Map.of(), Optional.empty());
  }
}
