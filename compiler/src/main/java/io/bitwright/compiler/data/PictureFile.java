package io.bitwright.compiler.data;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/**
 * Decodes .png, .jpg and .bmp pictures to 8-bit samples as they are stored: no colour management, transparency ignored,
 * of 16-bit samples the upper 8 bits.
 */
final class PictureFile {
  private static final long MOST_PIXELS = 1L << 26;

  private PictureFile() {}

  /**
   * Decodes a picture.
   *
   * @throws MalformedDataException if the bytes are no picture of a known kind, or one of more than 2^26 pixels
   */
  static Picture decode(byte[] file) {
    ImageIO.setUseCache(false);
    try (ImageInputStream in = ImageIO.createImageInputStream(new ByteArrayInputStream(file))) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
      if (!readers.hasNext()) {
        throw new MalformedDataException("not a picture of a known kind (must be PNG, JPEG or BMP)");
      }
      ImageReader reader = readers.next();
      try {
        reader.setInput(in, true, true);
        return samples(decode(reader));
      } finally {
        reader.dispose();
      }
    } catch (IOException e) {
      throw new MalformedDataException("the picture cannot be decoded: " + e.getMessage());
    }
  }

  private static BufferedImage decode(ImageReader reader) throws IOException {
    try {
      long pixels = (long) reader.getWidth(0) * reader.getHeight(0);
      if (pixels > MOST_PIXELS) {
        throw new MalformedDataException("the picture has " + pixels + " pixels (limit " + MOST_PIXELS + ")");
      }
      return reader.read(0);
    } catch (MalformedDataException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new MalformedDataException("the picture cannot be decoded: " + e.getMessage());
    }
  }

  /** Grey and 16-bit samples are taken from the raster: getRGB would convert them between colour spaces. */
  private static Picture samples(BufferedImage image) {
    int bits = image.getSampleModel().getSampleSize(0);
    boolean stored = !(image.getColorModel() instanceof IndexColorModel) && (bits == 8 || bits == 16);
    int bands = image.getRaster().getNumBands();
    if (!stored || bands > 4) {
      return fromColours(image);
    }
    return fromRaster(image.getRaster(), bands >= 3 ? 3 : 1, bits - 8);
  }

  private static Picture fromRaster(Raster raster, int channels, int shift) {
    int width = raster.getWidth();
    byte[] samples = new byte[Math.multiplyExact(width * raster.getHeight(), channels)];
    int[] row = new int[width * raster.getNumBands()];
    for (int y = 0; y < raster.getHeight(); y++) {
      raster.getPixels(0, y, width, 1, row);
      for (int x = 0; x < width; x++) {
        for (int c = 0; c < channels; c++) {
          samples[(y * width + x) * channels + c] = (byte) (row[x * raster.getNumBands() + c] >> shift);
        }
      }
    }
    return new Picture(width, raster.getHeight(), channels, samples);
  }

  private static Picture fromColours(BufferedImage image) {
    int width = image.getWidth();
    byte[] samples = new byte[Math.multiplyExact(width * image.getHeight(), 3)];
    int[] row = new int[width];
    int at = 0;
    for (int y = 0; y < image.getHeight(); y++) {
      image.getRGB(0, y, width, 1, row, 0, width);
      for (int pixel : row) {
        samples[at++] = (byte) (pixel >> 16);
        samples[at++] = (byte) (pixel >> 8);
        samples[at++] = (byte) pixel;
      }
    }
    return new Picture(width, image.getHeight(), 3, samples);
  }
}
