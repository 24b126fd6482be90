package io.bitwright.frontend.quantise.range;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Mean, standard deviation and largest magnitude of a tensor's channels, its last dimension. */
public final class Moments {
  private final double[] sums;
  private final double[] squares;
  private final double[] largest;
  private long elements;

  Moments(int channels) {
    this.sums = new double[channels];
    this.squares = new double[channels];
    this.largest = new double[channels];
  }

  /** Adds little-endian f32 elements, channels innermost. */
  void add(byte[] raw) {
    ByteBuffer values = ByteBuffer.wrap(raw).order(ByteOrder.LITTLE_ENDIAN);
    while (values.hasRemaining()) {
      for (int c = 0; c < sums.length; c++) {
        double x = values.getFloat();
        sums[c] += x;
        squares[c] += x * x;
        largest[c] = Math.max(largest[c], Math.abs(x));
      }
      elements++;
    }
  }

  /** Adds those of another frame. Sums of reals depend on their order: frames are to be added in the order given. */
  void add(Moments other) {
    for (int c = 0; c < sums.length; c++) {
      sums[c] += other.sums[c];
      squares[c] += other.squares[c];
      largest[c] = Math.max(largest[c], other.largest[c]);
    }
    elements += other.elements;
  }

  public int channels() {
    return sums.length;
  }

  public double mean(int channel) {
    return sums[channel] / elements;
  }

  /** The largest magnitude of the elements. */
  public double largest(int channel) {
    return largest[channel];
  }

  public double deviation(int channel) {
    double mean = mean(channel);
    return Math.sqrt(Math.max(0, squares[channel] / elements - mean * mean));
  }
}
