package io.bitwright.ir.graph;

import io.bitwright.ir.type.View;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How the source file sees tensors whose elements the graph keeps in another order, such as channels first.
 *
 * @param inputs  one an input of the graph; none where all are as the graph has them
 * @param outputs  likewise
 * @param operators  of the results of source operators, by {@link Node#origins}; those missing are as the graph has them
 */
public record SourceViews(List<View> inputs, List<View> outputs, Map<Integer, View> operators) {
  /** The file has all tensors as the graph has them. */
  public static final SourceViews NONE = new SourceViews(List.of(), List.of(), Map.of());

  public SourceViews {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
    operators = Collections.unmodifiableMap(new LinkedHashMap<>(operators));
  }
}
