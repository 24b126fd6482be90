package io.bitwright.target;

import java.util.List;

/** A back end, found by {@link java.util.ServiceLoader}. */
public interface Target {
  /** As on the command line: {@code c}, {@code hls}, {@code rtl}. */
  String name();

  /** What the target takes; checked before {@link #emit}. */
  List<Constraint> constraints();

  /** Whether the target has no f32: a float network is quantised for it. */
  default boolean requiresIntegers() {
    return false;
  }

  /** The complete source tree; byte-identical for identical requests. */
  OutputTree emit(EmitRequest request);
}
