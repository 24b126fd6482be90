package io.bitwright.dataflow;

/**
 * What an accumulating stage reads: for each output pixel in raster order, for each group, for each fold of taps, for each
 * word of the group, a beat. A beat is {@code tapLanes} words of {@code wordLanes} neighbouring channels: lane
 * {@code t * wordLanes + i} is channel {@code (group * words + word) * wordLanes + i} at tap {@code fold * tapLanes + t}.
 * Lanes past the last tap or the last channel carry anything; weights are 0 there.
 *
 * @param pixels  output pixels a frame
 * @param groups  groups of channels that are reduced apart
 * @param tapFolds  beats for the taps of one word: {@code ceil(taps / tapLanes)}
 * @param words  words of {@code wordLanes} channels in a group
 */
public record Patches(int pixels, int groups, int tapFolds, int words, int tapLanes, int wordLanes) implements Stream {
  public Patches {
    if (Math.min(Math.min(pixels, groups), Math.min(tapFolds, words)) < 1 || Math.min(tapLanes, wordLanes) < 1) {
      throw new IllegalArgumentException("empty patches");
    }
  }

  /** A feature map seen as the patches of a point window. */
  public static Patches ofPoints(FeatureMap map, int groups) {
    return new Patches(map.pixels(), groups, 1, map.beatsPerPixel() / groups, 1, map.lanes());
  }

  @Override
  public int lanes() {
    return tapLanes * wordLanes;
  }

  /** Beats that one group of one pixel takes. */
  public int beatsPerGroup() {
    return tapFolds * words;
  }

  @Override
  public long beats() {
    return (long) pixels * groups * beatsPerGroup();
  }
}
