package io.bitwright.frontend.language.layer;

import io.bitwright.ir.diag.SourceLocation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * A network with all its parameters bound.
 *
 * @param name  the network's name
 * @param location  where its description begins
 * @param inputs  input layers in the order declared
 * @param outputs  what it returns, in order
 * @param layers  all layers that an output depends on, and the inputs, in the order described
 */
public record NetworkModel(
    String name, SourceLocation location, List<Layer> inputs, List<Layer> outputs, List<Layer> layers) {
  public NetworkModel {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
    layers = List.copyOf(layers);
  }

  /** Keeps of all described layers those that an output depends on, and the inputs. */
  public static NetworkModel of(
      String name, SourceLocation location, List<Layer> outputs, List<Layer> described) {
    Set<Layer> needed = Collections.newSetFromMap(new IdentityHashMap<>());
    List<Layer> stack = new ArrayList<>(outputs);
    while (!stack.isEmpty()) {
      Layer top = stack.remove(stack.size() - 1);
      if (needed.add(top)) {
        stack.addAll(top.inputs());
      }
    }
    List<Layer> inputs = described.stream().filter(l -> l.op() instanceof LayerOp.Input).toList();
    needed.addAll(inputs);
    return new NetworkModel(name, location, inputs, outputs, described.stream().filter(needed::contains).toList());
  }
}
