package io.bitwright.frontend;

import java.util.Map;
import java.util.TreeMap;

/**
 * What a network description takes besides its file.
 *
 * @param parameters  values of the network's parameters, as text; defaults for the others
 * @param seed  of weights where the network has none
 */
public record ModelSettings(Map<String, String> parameters, long seed) {
  public static final ModelSettings DEFAULT = new ModelSettings(Map.of(), 1);

  public ModelSettings {
    parameters = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(parameters));
  }
}
