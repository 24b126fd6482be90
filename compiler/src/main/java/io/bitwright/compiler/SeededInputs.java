package io.bitwright.compiler;

import io.bitwright.ir.type.TensorType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Inputs made up from a seed: the same on every machine. Codes are uniform, reals uniform in [-1, 1). */
public final class SeededInputs {
  private SeededInputs() {}

  /** One frame: for each type raw little-endian elements as the model types them. */
  public static List<byte[]> frame(List<TensorType> types, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<byte[]> inputs = new ArrayList<>();
    for (TensorType type : types) {
      inputs.add(type.isFloat() ? reals(type, random) : codes(type, random));
    }
    return inputs;
  }

  private static byte[] codes(TensorType type, SplittableRandom random) {
    byte[] raw = new byte[type.sizeBytes()];
    random.nextBytes(raw);
    return raw;
  }

  private static byte[] reals(TensorType type, SplittableRandom random) {
    ByteBuffer raw = ByteBuffer.allocate(type.sizeBytes()).order(ByteOrder.LITTLE_ENDIAN);
    while (raw.hasRemaining()) {
      raw.putFloat(random.nextInt(-(1 << 23), 1 << 23) / (float) (1 << 23));
    }
    return raw.array();
  }
}
