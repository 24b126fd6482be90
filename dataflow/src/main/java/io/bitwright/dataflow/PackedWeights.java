package io.bitwright.dataflow;

import io.bitwright.ir.kernel.Kernel;
import io.bitwright.ir.kernel.Kernel.Connection;
import io.bitwright.ir.type.TensorData;

/**
 * Weights of an accumulating stage in order of use: {@link #words} words of {@code pe * lanes} weights, weight
 * {@code p * lanes + l} of a word for output channel p of the pass and lane l of the beat (depthwise: {@code lanes} weights,
 * one a lane). Weights have their zero point taken off, which may need 9 bits; those that no channel or tap stands for are 0.
 *
 * <p>Dense: a word for each group, pass and beat of the group, in this order. Depthwise: a word for each beat of a pixel.
 */
public final class PackedWeights {
  private final Kernel.Dot kernel;
  private final Patches patches;
  private final boolean channelwise;
  private final int pe;
  private final int passes;
  private final int weightZero;
  private final int bits;

  private PackedWeights(Kernel.Dot kernel, Patches patches, boolean channelwise, int pe, int passes) {
    this.kernel = kernel;
    this.patches = patches;
    this.channelwise = channelwise;
    this.pe = pe;
    this.passes = passes;
    this.weightZero = kernel.weightZeroPoint().orElse(0);
    int widest = 1;
    TensorData weights = kernel.weights();
    for (long code : weights.codes()) {
      long centred = code - weightZero;
      widest = Math.max(widest, 65 - Long.numberOfLeadingZeros(centred < 0 ? ~centred : centred));
    }
    this.bits = Math.max(2, widest);
  }

  /**
   * Of a {@link Stage.Dense}; the words are computed when asked for.
   *
   * @param pe  output channels of a pass
   * @param passes  passes over a group's patch
   */
  public static PackedWeights dense(Kernel.Dot kernel, Patches patches, int pe, int passes) {
    return new PackedWeights(kernel, patches, false, pe, passes);
  }

  /** Of a {@link Stage.Depthwise}. */
  public static PackedWeights depthwise(Kernel.Dot kernel, Patches patches) {
    return new PackedWeights(kernel, patches, true, patches.wordLanes(), 1);
  }

  /** Bits of the widest weight, from 2 to 9. */
  public int weightBits() {
    return bits;
  }

  /** Weights in a word. */
  public int wordLength() {
    return channelwise ? patches.lanes() : pe * patches.lanes();
  }

  /** Words in all. */
  public int words() {
    return patches.groups() * passes * patches.beatsPerGroup();
  }

  /** All words in order of use. */
  public int[][] pack() {
    long[] codes = kernel.weights().codes();
    int[][] packed = new int[words()][];
    int at = 0;
    for (int group = 0; group < patches.groups(); group++) {
      for (int pass = 0; pass < passes; pass++) {
        for (int fold = 0; fold < patches.tapFolds(); fold++) {
          for (int word = 0; word < patches.words(); word++) {
            packed[at++] = channelwise ? channelwise(codes, group, fold) : dense(codes, group, pass, fold, word);
          }
        }
      }
    }
    return packed;
  }

  private int[] channelwise(long[] codes, int group, int fold) {
    int[] weights = new int[wordLength()];
    int channels = kernel.output().c();
    for (int lane = 0; lane < weights.length; lane++) {
      int tap = fold * patches.tapLanes() + lane / patches.wordLanes();
      int channel = group * patches.wordLanes() + lane % patches.wordLanes();
      if (tap < kernel.window().taps() && channel < channels) {
        weights[lane] = (int) codes[tap * channels + channel] - weightZero;
      }
    }
    return weights;
  }

  private int[] dense(long[] codes, int group, int pass, int fold, int word) {
    int[] weights = new int[wordLength()];
    int lanes = patches.lanes();
    int outputs = kernel.output().c() / patches.groups();
    int inputs = kernel.reductionChannels();
    for (int i = 0; i < weights.length; i++) {
      int output = pass * pe + i / lanes;
      int lane = i % lanes;
      int tap = fold * patches.tapLanes() + lane / patches.wordLanes();
      int channel = word * patches.wordLanes() + lane % patches.wordLanes();
      if (output < outputs && tap < kernel.window().taps() && channel < inputs) {
        weights[i] = (int) codes[weight(group * outputs + output, tap, channel, inputs)] - weightZero;
      }
    }
    return weights;
  }

  /** A depthwise kernel with a multiplier is taken as a grouped one; its layout is its own. */
  private int weight(int output, int tap, int channel, int inputs) {
    return kernel.connection() == Connection.DEPTHWISE
        ? tap * kernel.output().c() + output
        : (output * kernel.window().taps() + tap) * inputs + channel;
  }

  /** Biases in order of use, {@code pe} for each group and pass (depthwise: for each group of channels), 0 past the last. */
  public long[][] biases() {
    long[] codes = kernel.bias().codes();
    int outputs = channelwise ? pe : kernel.output().c() / patches.groups();
    long[][] packed = new long[patches.groups() * passes][pe];
    for (int i = 0; i < packed.length; i++) {
      int first = i / passes * outputs + i % passes * pe;
      int end = Math.min(codes.length, (i / passes + 1) * outputs);
      for (int p = 0; p < pe && first + p < end; p++) {
        packed[i][p] = codes[first + p];
      }
    }
    return packed;
  }
}
