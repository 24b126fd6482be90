package io.bitwright.conformance;

import io.bitwright.ir.kernel.Storage;
import io.bitwright.ir.kernel.Value;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Compares what was computed with what was expected, and says where they first differ. */
public final class Oracle {
  private Oracle() {}

  /** The differences over all outputs of a case; empty where there is none. */
  public static List<String> differences(Case expected, List<byte[]> actual) {
    List<Value> outputs = expected.program().outputs();
    if (actual.size() != outputs.size() || expected.expected().size() != outputs.size()) {
      return List.of(expected.name() + ": " + actual.size() + " outputs, not " + expected.expected().size());
    }
    List<String> found = new ArrayList<>();
    for (int i = 0; i < outputs.size(); i++) {
      boolean real = outputs.get(i).storage() == Storage.F32;
      String where = expected.name() + " output " + i;
      difference(where, expected.expected().get(i), actual.get(i), real ? expected.tolerance() : Tolerance.NONE)
          .ifPresent(found::add);
    }
    return found;
  }

  /** How two tensors differ. Without tolerance bytes are compared, with one floats. */
  public static Optional<String> difference(String where, byte[] expected, byte[] actual, Tolerance tolerance) {
    if (expected.length != actual.length) {
      return Optional.of(where + ": " + actual.length + " bytes, not " + expected.length);
    }
    int size = tolerance.equals(Tolerance.NONE) ? 1 : Float.BYTES;
    ByteBuffer e = ByteBuffer.wrap(expected).order(ByteOrder.LITTLE_ENDIAN);
    ByteBuffer a = ByteBuffer.wrap(actual).order(ByteOrder.LITTLE_ENDIAN);
    int count = 0;
    String first = "";
    for (int at = 0; at < expected.length; at += size) {
      boolean same = size == 1 ? e.get(at) == a.get(at) : tolerance.accepts(e.getFloat(at), a.getFloat(at));
      if (!same && count++ == 0) {
        first = size == 1 ? at + ": " + a.get(at) + ", not " + e.get(at)
            : at / size + ": " + a.getFloat(at) + ", not " + e.getFloat(at);
      }
    }
    return count == 0 ? Optional.empty()
        : Optional.of(where + ": " + count + " of " + expected.length / size + " elements differ, first at " + first);
  }
}
