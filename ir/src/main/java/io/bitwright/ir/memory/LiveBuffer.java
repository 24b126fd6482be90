package io.bitwright.ir.memory;

import io.bitwright.ir.kernel.Value;
import java.util.ArrayList;
import java.util.List;

/**
 * A stretch of arena that one or more values use one after the other or together, live from its first step to its last,
 * both included. Step 0 is before the first group, group g runs at step g + 1, and after the last group the user reads
 * the outputs, one step later.
 */
final class LiveBuffer {
  private final int sizeBytes;
  private final int alignment;
  private final List<Value> values = new ArrayList<>();
  private int first;
  private int last;

  LiveBuffer(int sizeBytes, int alignment, int first, int last) {
    this.sizeBytes = sizeBytes;
    this.alignment = alignment;
    this.first = first;
    this.last = last;
  }

  int sizeBytes() {
    return sizeBytes;
  }

  /** Bytes an offset must be a multiple of. */
  int alignment() {
    return alignment;
  }

  int first() {
    return first;
  }

  int last() {
    return last;
  }

  /** Values that start at the buffer's start. */
  List<Value> values() {
    return values;
  }

  boolean meets(LiveBuffer other) {
    return first <= other.last && other.first <= last;
  }

  void extend(int from, int to) {
    first = Math.min(first, from);
    last = Math.max(last, to);
  }
}
