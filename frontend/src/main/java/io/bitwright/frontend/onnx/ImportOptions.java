package io.bitwright.frontend.onnx;

import io.bitwright.frontend.onnx.tensor.Array;
import io.bitwright.ir.op.Rounding;
import java.util.List;
import java.util.Map;

/**
 * What the user adds to a file.
 *
 * @param shapes  of inputs by name; under the empty name that of the only input
 * @param constants  contents of inputs that are no inputs then, by name
 * @param rounding  of quantised operators; ties to even is what the format means
 */
record ImportOptions(Map<String, List<Integer>> shapes, Map<String, Array> constants, Rounding rounding) {
  ImportOptions(Map<String, List<Integer>> shapes, Map<String, Array> constants) {
    this(shapes, constants, Rounding.TIES_EVEN);
  }

  static final ImportOptions NONE = new ImportOptions(Map.of(), Map.of());
}
