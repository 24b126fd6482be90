package io.bitwright.c.kernel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Loops over the elements of several arrays of up to four dimensions. Dimensions that follow each other without gaps in
 * every array are one loop; dimensions of size 1 are none.
 */
public final class LoopNest {
  /** A loop as templates see it. */
  public record Loop(String name, int extent) {}

  private record Axis(String name, int extent, int[] strides) {}

  private static final List<String> NAMES = List.of("n", "y", "x", "c");

  private final List<Axis> axes;

  private LoopNest(List<Axis> axes) {
    this.axes = axes;
  }

  /**
   * Loops over a box.
   *
   * @param extents  N, H, W, C
   * @param keepsChannels  whether the channel loop stays on its own, counted by {@code c}
   * @param strides  of each array, by dimension, in elements; 0 where the array is broadcast
   */
  static LoopNest over(List<Integer> extents, boolean keepsChannels, List<int[]> strides) {
    List<Axis> axes = new ArrayList<>();
    for (int d = 0; d < 4; d++) {
      int dim = d;
      int[] own = strides.stream().mapToInt(s -> s[dim]).toArray();
      Axis axis = new Axis(NAMES.get(d), extents.get(d), own);
      Axis outer = axes.isEmpty() ? null : axes.get(axes.size() - 1);
      boolean merges = outer != null && !(keepsChannels && d == 3) && follows(outer, axis);
      if (merges) {
        axes.set(axes.size() - 1, new Axis("i", outer.extent() * axis.extent(), own));
      } else if (axis.extent() > 1) {
        axes.add(axis);
      }
    }
    return new LoopNest(axes);
  }

  private static boolean follows(Axis outer, Axis inner) {
    if (inner.extent() == 1) {
      return false;
    }
    for (int a = 0; a < inner.strides().length; a++) {
      if (outer.strides()[a] != inner.extent() * inner.strides()[a]) {
        return false;
      }
    }
    return true;
  }

  static int[] strides(Site site) {
    return new int[] {site.imagePitch(), site.rowPitch(), site.pixelPitch(), 1};
  }

  /** Loops from the outermost in; {@code i} is renamed where several merged loops would share it. */
  List<Loop> loops() {
    List<Loop> loops = new ArrayList<>();
    for (int i = 0; i < axes.size(); i++) {
      loops.add(new Loop(name(i), axes.get(i).extent()));
    }
    return loops;
  }

  private String name(int axis) {
    String name = axes.get(axis).name();
    boolean taken = axes.subList(0, axis).stream().anyMatch(a -> a.name().equals(name));
    return taken ? name + axis : name;
  }

  /** The index of the current element in an array; {@code 0} without loops. */
  String index(int array) {
    List<String> terms = new ArrayList<>();
    for (int i = 0; i < axes.size(); i++) {
      String term = Site.times(name(i), axes.get(i).strides()[array]);
      if (!term.isEmpty()) {
        terms.add(term);
      }
    }
    return terms.isEmpty() ? "0" : String.join(" + ", terms);
  }

  /** The counter of the channel loop; {@code 0} where there is one channel. */
  String channel() {
    return axes.stream().anyMatch(a -> a.name().equals("c")) ? "c" : "0";
  }

  /** How many elements of every array follow each other in the innermost loop; 1 where it jumps. */
  int run() {
    if (axes.isEmpty()) {
      return 1;
    }
    Axis inner = axes.get(axes.size() - 1);
    return Arrays.stream(inner.strides()).allMatch(s -> s == 1) ? inner.extent() : 1;
  }

  /** The nest without its innermost loop. */
  LoopNest outer() {
    return new LoopNest(axes.subList(0, axes.size() - 1));
  }
}
