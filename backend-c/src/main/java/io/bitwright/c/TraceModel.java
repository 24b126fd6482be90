package io.bitwright.c;

import io.bitwright.c.kernel.Gathering;

/**
 * A call of the trace hook for a source operator.
 *
 * @param data  C expression of a pointer to the elements without gaps
 */
public record TraceModel(int operator, String data, int bytes) {
  static TraceModel of(int operator, int offset, int bytes) {
    return new TraceModel(operator, "arena + " + offset, bytes);
  }

  static TraceModel of(int operator, Gathering gathering) {
    return new TraceModel(operator, gathering.name() + "(arena)", gathering.sizeBytes());
  }
}
