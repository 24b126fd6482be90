package io.bitwright.ir.cost;

import java.util.Optional;

/**
 * Which part of the network's input an element of a tensor depends on.
 *
 * @param window  the part by way of windows that slide; none where positions are lost, as behind a global pooling
 * @param wholeInput  whether it depends on the whole input besides, as behind a global pooling or the gate of a
 *     squeeze-and-excitation
 */
public record ReceptiveField(Optional<Window> window, boolean wholeInput) {
  static final ReceptiveField WHOLE = new ReceptiveField(Optional.empty(), true);
  static final ReceptiveField PIXEL =
      new ReceptiveField(Optional.of(new Window(new Axis(0, 0, 1), new Axis(0, 0, 1))), false);

  public record Window(Axis rows, Axis columns) {
    long area() {
      return rows.size() * columns.size();
    }
  }

  /**
   * Rows or columns. Element i depends on the input's {@code start + i * stride .. end + i * stride}, those that
   * padding adds included.
   */
  public record Axis(long start, long end, long stride) {
    public long size() {
      return end - start + 1;
    }

    /** Behind a window of {@code extent} elements that moves by {@code step}, the first {@code padding} outside. */
    Axis behind(int extent, int step, int padding) {
      return new Axis(start - padding * stride, end + (extent - 1L - padding) * stride, stride * step);
    }

    Axis shifted(int elements) {
      return new Axis(start + elements * stride, end + elements * stride, stride);
    }

    /** Of an element that depends on both; their strides are the same. */
    Axis and(Axis other) {
      return new Axis(Math.min(start, other.start), Math.max(end, other.end), stride);
    }
  }

  /** Of an element that depends on both. */
  ReceptiveField and(ReceptiveField other) {
    boolean whole = wholeInput || other.wholeInput;
    if (window.isEmpty() || other.window.isEmpty()) {
      return new ReceptiveField(window.or(other::window), whole);
    }
    Window a = window.get();
    Window b = other.window.get();
    boolean aligned = a.rows.stride == b.rows.stride && a.columns.stride == b.columns.stride;
    return aligned ? new ReceptiveField(Optional.of(new Window(a.rows.and(b.rows), a.columns.and(b.columns))), whole)
        : WHOLE;
  }
}
