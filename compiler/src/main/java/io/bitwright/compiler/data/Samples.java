package io.bitwright.compiler.data;

import io.bitwright.ir.type.ElementType;
import io.bitwright.ir.type.TensorType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Turns reals and picture samples into raw elements as a model types its input. */
final class Samples {
  private Samples() {}

  /** Reals as f32, or as codes of a quantised input. */
  static byte[] ofReals(NpyArray array, TensorType type) {
    ByteBuffer in = ByteBuffer.wrap(array.data()).order(ByteOrder.LITTLE_ENDIAN);
    int count = array.data().length / array.type().sizeBytes();
    ByteBuffer out = allocate(count, type);
    for (int i = 0; i < count; i++) {
      put(out, array.type() == NpyType.F64 ? in.getDouble() : in.getFloat(), type);
    }
    return out.array();
  }

  /**
   * Samples, channels innermost. Without mean and deviation 8-bit codes are the samples themselves, reals and 16-bit codes
   * what the samples are of 255.
   */
  static byte[] ofPixels(byte[] samples, int channels, TensorType type, Preprocessing preprocessing) {
    if (!InputFile.takesSamples(type.element())) {
      throw new MalformedDataException("a picture, the network takes " + type.element().text());
    }
    if (!preprocessing.fits(channels)) {
      throw new MalformedDataException("mean or deviation has not one number for each of " + channels + " channels");
    }
    ByteBuffer out = allocate(samples.length, type);
    for (int i = 0; i < samples.length; i++) {
      int sample = samples[i] & 0xff;
      if (!preprocessing.isPlain()) {
        put(out, preprocessing.normalize(sample, i % channels), type);
      } else if (!type.element().is8Bit()) {
        put(out, sample / 255f, type);
      } else {
        out.put((byte) (type.element() == ElementType.U8 ? sample : sample - 128));
      }
    }
    return out.array();
  }

  private static ByteBuffer allocate(int count, TensorType type) {
    return ByteBuffer.allocate(Math.multiplyExact(count, type.element().sizeBytes())).order(ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * One real. Codes as TFLite's QUANTIZE computes them: quotient in float32, rounded half away from zero, clamped.
   */
  private static void put(ByteBuffer out, double real, TensorType type) {
    if (type.isFloat()) {
      out.putFloat((float) real);
      return;
    }
    boolean wide = type.element() == ElementType.I16;
    if (!type.isPerTensor() || !type.element().is8Bit() && !wide || Double.isNaN(real)) {
      throw new MalformedDataException("reals, the network takes " + type.element().text() + " without a scale");
    }
    float quotient = (float) real / type.scale();
    double rounded = Math.copySign(Math.floor(Math.abs((double) quotient) + 0.5), quotient) + type.zeroPoint();
    long code = (long) Math.max(type.element().min(), Math.min(type.element().max(), rounded));
    if (wide) {
      out.putShort((short) code);
    } else {
      out.put((byte) code);
    }
  }
}
