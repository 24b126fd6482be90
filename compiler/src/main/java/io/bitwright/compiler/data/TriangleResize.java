package io.bitwright.compiler.data;

/**
 * Resizes with a triangle filter that widens by the reduction factor, in two passes of 8-bit samples, columns first.
 *
 * <p>Computes what Pillow's {@code resize(size, BILINEAR)} does: weights in double, normalised, rounded to 22 fractional
 * bits; each pass rounded to 8 bits. Source: Pillow, src/libImaging/Resample.c.
 */
final class TriangleResize {
  private static final int FRACTION_BITS = 22;

  private TriangleResize() {}

  static Picture resize(Picture picture, int width, int height) {
    Picture wide = picture.width() == width ? picture : columns(picture, width);
    return wide.height() == height ? wide : rows(wide, height);
  }

  /** For each output position the first input position it reads and the weights from there on. */
  private record Weights(int[] first, int[][] weights) {
    static Weights of(int inputSize, int outputSize) {
      double scale = (double) inputSize / outputSize;
      double support = Math.max(scale, 1.0);
      int[] first = new int[outputSize];
      int[][] weights = new int[outputSize][];
      for (int i = 0; i < outputSize; i++) {
        double center = (i + 0.5) * scale;
        int from = Math.max((int) (center - support + 0.5), 0);
        int to = Math.min((int) (center + support + 0.5), inputSize);
        first[i] = from;
        weights[i] = normalized(from, to, center, 1.0 / support);
      }
      return new Weights(first, weights);
    }

    private static int[] normalized(int from, int to, double center, double step) {
      double[] exact = new double[to - from];
      double sum = 0;
      for (int k = 0; k < exact.length; k++) {
        double distance = Math.abs((k + from - center + 0.5) * step);
        exact[k] = distance < 1.0 ? 1.0 - distance : 0.0;
        sum += exact[k];
      }
      int[] fixed = new int[exact.length];
      for (int k = 0; k < exact.length; k++) {
        double weight = sum == 0 ? exact[k] : exact[k] / sum;
        fixed[k] = (int) (0.5 + weight * (1 << FRACTION_BITS));
      }
      return fixed;
    }
  }

  private static Picture columns(Picture in, int width) {
    Weights weights = Weights.of(in.width(), width);
    int channels = in.channels();
    byte[] out = new byte[Math.multiplyExact(Math.multiplyExact(width, in.height()), channels)];
    for (int y = 0; y < in.height(); y++) {
      for (int x = 0; x < width; x++) {
        for (int c = 0; c < channels; c++) {
          int start = (y * in.width() + weights.first[x]) * channels + c;
          out[(y * width + x) * channels + c] = weigh(in.samples(), start, channels, weights.weights[x]);
        }
      }
    }
    return new Picture(width, in.height(), channels, out);
  }

  private static Picture rows(Picture in, int height) {
    Weights weights = Weights.of(in.height(), height);
    int pitch = in.width() * in.channels();
    byte[] out = new byte[Math.multiplyExact(height, pitch)];
    for (int y = 0; y < height; y++) {
      for (int i = 0; i < pitch; i++) {
        out[y * pitch + i] = weigh(in.samples(), weights.first[y] * pitch + i, pitch, weights.weights[y]);
      }
    }
    return new Picture(in.width(), height, in.channels(), out);
  }

  private static byte weigh(byte[] samples, int start, int step, int[] weights) {
    int sum = 1 << (FRACTION_BITS - 1);
    int at = start;
    for (int weight : weights) {
      sum += (samples[at] & 0xff) * weight;
      at += step;
    }
    return (byte) Math.max(0, Math.min(255, sum >> FRACTION_BITS));
  }
}
