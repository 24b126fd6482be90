package io.bitwright.conformance.accuracy;

import java.awt.image.BufferedImage;
import java.util.SplittableRandom;

/** A picture cropped, perhaps flipped, and lit otherwise; all from a seed. */
final class Variation {
  private static final double SMALLEST_CROP = 0.7;
  private static final double STRONGEST_GAIN = 1.3;
  private static final double LARGEST_OFFSET = 25;

  private Variation() {}

  static BufferedImage of(BufferedImage picture, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double share = SMALLEST_CROP + (1 - SMALLEST_CROP) * random.nextDouble();
    int width = Math.max(1, (int) (picture.getWidth() * share));
    int height = Math.max(1, (int) (picture.getHeight() * share));
    int left = random.nextInt(picture.getWidth() - width + 1);
    int top = random.nextInt(picture.getHeight() - height + 1);
    boolean flipped = random.nextBoolean();
    double gain = Math.pow(STRONGEST_GAIN, 2 * random.nextDouble() - 1);
    double offset = LARGEST_OFFSET * (2 * random.nextDouble() - 1);
    BufferedImage result = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int source = picture.getRGB(left + (flipped ? width - 1 - x : x), top + y);
        result.setRGB(x, y, lit(source >> 16, gain, offset) << 16 | lit(source >> 8, gain, offset) << 8
            | lit(source, gain, offset));
      }
    }
    return result;
  }

  private static int lit(int sample, double gain, double offset) {
    return (int) Math.round(Math.min(Math.max((sample & 0xff) * gain + offset, 0), 255));
  }
}
