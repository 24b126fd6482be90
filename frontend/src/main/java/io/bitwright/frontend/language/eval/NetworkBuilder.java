package io.bitwright.frontend.language.eval;

import io.bitwright.frontend.language.layer.Layer;
import io.bitwright.frontend.language.layer.LayerOp;
import io.bitwright.ir.diag.DiagnosticException;
import io.bitwright.ir.diag.DiagnosticId;
import io.bitwright.ir.diag.SourceLocation;
import io.bitwright.ir.type.Shape;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Collects the layers of a network and names them. */
final class NetworkBuilder {
  private final List<Layer> layers = new ArrayList<>();
  private final Map<String, SourceLocation> names = new HashMap<>();
  private final Map<String, Integer> ordinals = new HashMap<>();
  private final Deque<String> path = new ArrayDeque<>();
  private long macs;
  private int steps;
  private int depth;

  List<Layer> layers() {
    return List.copyOf(layers);
  }

  /** Counts one evaluation step. */
  void step(SourceLocation at) {
    if (++steps > Limits.STEPS) {
      throw tooLarge(at, "the number of evaluation steps", steps, Limits.STEPS);
    }
  }

  /** Counts one step that may contain others; {@link #ascend} ends it. */
  void descend(SourceLocation at) {
    step(at);
    if (++depth > Limits.DEPTH) {
      throw DiagnosticException.of(DiagnosticId.LANGUAGE_TOO_DEEP, at, "depth of evaluation", Limits.DEPTH);
    }
  }

  void ascend() {
    depth--;
  }

  /** Layers from here to {@link #leave} are named below this block. */
  void enter(String block, String given, SourceLocation at) {
    path.addLast(unique(block, given, at));
  }

  void leave() {
    path.removeLast();
  }

  private String unique(String kind, String given, SourceLocation at) {
    String prefix = path.isEmpty() ? "" : path.peekLast() + "/";
    String name = given.isEmpty() ? prefix + kind + "_" + ordinals.merge(prefix + kind, 1, Integer::sum)
        : prefix + given;
    SourceLocation before = names.putIfAbsent(name, at);
    if (before != null) {
      throw DiagnosticException.of(DiagnosticId.LANGUAGE_TWICE, at, "layer", name, before.render());
    }
    return name;
  }

  /**
   * Adds a layer.
   *
   * @param given  its name below the current block; empty for one made of {@code kind} and an ordinal
   */
  Layer add(String kind, String given, LayerOp op, List<Layer> inputs, long[] dims, SourceLocation at) {
    if (layers.size() >= Limits.LAYERS) {
      throw tooLarge(at, "the number of layers", layers.size() + 1, Limits.LAYERS);
    }
    long elements = Arrays.stream(dims).reduce(1, (a, b) -> Math.min(a, Limits.ELEMENTS + 1) * b);
    if (elements > Limits.ELEMENTS) {
      String shown = Arrays.stream(dims).mapToObj(String::valueOf).collect(Collectors.joining("x"));
      throw tooLarge(at, "the size of " + shown, elements, Limits.ELEMENTS);
    }
    Shape shape = Shape.of(Arrays.stream(dims).mapToInt(d -> (int) d).toArray());
    Layer layer = new Layer(unique(kind, given, at), op, inputs, shape, at);
    layers.add(layer);
    return layer;
  }

  /** Counts the weights and multiply-accumulates of a layer to be added. */
  void charge(long weights, long pixels, SourceLocation at) {
    if (weights > Limits.ELEMENTS) {
      throw tooLarge(at, "the number of weights", weights, Limits.ELEMENTS);
    }
    macs += Math.min(Limits.MACS + 1, weights * pixels);
    if (macs > Limits.MACS) {
      throw tooLarge(at, "the number of multiply-accumulates", macs, Limits.MACS);
    }
  }

  static DiagnosticException tooLarge(SourceLocation at, String what, long value, long limit) {
    return DiagnosticException.of(DiagnosticId.LANGUAGE_TOO_LARGE, at, what, value, limit);
  }
}
