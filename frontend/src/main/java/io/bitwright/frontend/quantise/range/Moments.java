package io.bitwright.frontend.quantise.range;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Mean and standard deviation of a tensor's channels, its last dimension. */
public final class Moments {
  private final double[] sums;
  private final double[] squares;
  private long elements;

  Moments(int channels) {
    this.sums = new double[channels];
    this.squares = new double[channels];
  }

  /** Adds little-endian f32 elements, channels innermost. */
  void add(byte[] raw) {
    ByteBuffer values = ByteBuffer.wrap(raw).order(ByteOrder.LITTLE_ENDIAN);
    while (values.hasRemaining()) {
      for (int c = 0; c < sums.length; c++) {
        double x = values.getFloat();
        sums[c] += x;
        squares[c] += x * x;
      }
      elements++;
    }
  }

  /** Adds those of another frame. Sums of reals depend on their order: frames are to be added in the order given. */
  void add(Moments other) {
    for (int c = 0; c < sums.length; c++) {
      sums[c] += other.sums[c];
      squares[c] += other.squares[c];
    }
    elements += other.elements;
  }

  public int channels() {
    return sums.length;
  }

  public double mean(int channel) {
    return sums[channel] / elements;
  }

  public double deviation(int channel) {
    double mean = mean(channel);
    return Math.sqrt(Math.max(0, squares[channel] / elements - mean * mean));
  }
}
