package io.bitwright.frontend.onnx;

import io.bitwright.frontend.onnx.tensor.Array;
import java.util.List;
import java.util.Map;

/**
 * What the user adds to a file.
 *
 * @param shapes  of inputs by name; under the empty name that of the only input
 * @param constants  contents of inputs that are no inputs then, by name
 */
record ImportOptions(Map<String, List<Integer>> shapes, Map<String, Array> constants) {
  static final ImportOptions NONE = new ImportOptions(Map.of(), Map.of());
}
