package io.bitwright.dataflow;

/**
 * A feature map in raster order, channels fastest. Every pixel starts a beat of its own; in a pixel's last beat the lanes
 * past the last channel are idle: they carry 0.
 */
public record FeatureMap(int height, int width, int channels, int lanes) implements Stream {
  public FeatureMap {
    if (Math.min(Math.min(height, width), channels) < 1 || lanes < 1 || lanes > channels) {
      throw new IllegalArgumentException(lanes + " lanes for a map of " + height + "x" + width + "x" + channels);
    }
  }

  public FeatureMap withLanes(int other) {
    return new FeatureMap(height, width, channels, other);
  }

  public int pixels() {
    return height * width;
  }

  public int beatsPerPixel() {
    return Stream.ceilDiv(channels, lanes);
  }

  /** Codes in a pixel's last beat. */
  public int lastLanes() {
    return channels - (beatsPerPixel() - 1) * lanes;
  }

  @Override
  public long beats() {
    return (long) pixels() * beatsPerPixel();
  }

  /** Codes a frame. */
  public long codes() {
    return (long) pixels() * channels;
  }
}
