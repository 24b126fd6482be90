package io.bitwright.c.kernel;

import java.util.ArrayList;
import java.util.List;

/** A box of positions N, H, W, C: {@code from} included, {@code to} excluded. */
record Box(List<Integer> from, List<Integer> to) {
  static Box of(List<Integer> from, List<Integer> extent) {
    List<Integer> to = new ArrayList<>();
    for (int d = 0; d < 4; d++) {
      to.add(from.get(d) + extent.get(d));
    }
    return new Box(List.copyOf(from), List.copyOf(to));
  }

  List<Integer> extent() {
    List<Integer> extent = new ArrayList<>();
    for (int d = 0; d < 4; d++) {
      extent.add(to.get(d) - from.get(d));
    }
    return extent;
  }

  private boolean meets(Box other) {
    for (int d = 0; d < 4; d++) {
      if (to.get(d) <= other.from.get(d) || other.to.get(d) <= from.get(d)) {
        return false;
      }
    }
    return true;
  }

  /** Boxes that together hold every position of this one outside of the other; they do not overlap. */
  List<Box> minus(Box other) {
    if (!meets(other)) {
      return List.of(this);
    }
    List<Box> rest = new ArrayList<>();
    Box left = this;
    for (int d = 0; d < 4; d++) {
      if (left.from.get(d) < other.from.get(d)) {
        rest.add(left.cut(d, left.from.get(d), other.from.get(d)));
      }
      if (other.to.get(d) < left.to.get(d)) {
        rest.add(left.cut(d, other.to.get(d), left.to.get(d)));
      }
      left = left.cut(d, Math.max(left.from.get(d), other.from.get(d)), Math.min(left.to.get(d), other.to.get(d)));
    }
    return rest;
  }

  private Box cut(int dim, int start, int end) {
    List<Integer> newFrom = new ArrayList<>(from);
    List<Integer> newTo = new ArrayList<>(to);
    newFrom.set(dim, start);
    newTo.set(dim, end);
    return new Box(List.copyOf(newFrom), List.copyOf(newTo));
  }
}
