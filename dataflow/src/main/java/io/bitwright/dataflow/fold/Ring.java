package io.bitwright.dataflow.fold;

import io.bitwright.dataflow.FeatureMap;
import io.bitwright.ir.op.Window;

/**
 * Which pixels of a frame, counted in raster order, the windows need and no longer need. Output pixel (y, x) needs all pixels
 * before {@link #needed} and none before {@link #freed}; both never fall from one output pixel to the next.
 */
public record Ring(FeatureMap input, Window window, int outputHeight, int outputWidth) {
  /** Pixels that must have arrived before the window of (y, x) can be read. */
  public int needed(int y, int x) {
    int row = Math.min(top(y) + (window.kernelH() - 1) * window.dilationH(), input.height() - 1);
    int column = Math.min(left(x) + (window.kernelW() - 1) * window.dilationW(), input.width() - 1);
    return row < 0 || column < 0 ? neededBefore(y, x) : row * input.width() + column + 1;
  }

  /** A window wholly above or left of the image needs what the ones before it needed. */
  private int neededBefore(int y, int x) {
    int row = Math.min(top(y) + (window.kernelH() - 1) * window.dilationH(), input.height() - 1);
    return row < 0 ? 0 : row * input.width();
  }

  /** Pixels that the window of (y, x) and all later ones leave alone. */
  public int freed(int y, int x) {
    int row = Math.min(Math.max(top(y), 0), input.height());
    boolean stays = y + 1 < outputHeight && Math.max(top(y + 1), 0) == row;
    int column = stays ? 0 : Math.min(Math.max(left(x), 0), input.width());
    return Math.min(row * input.width() + column, input.pixels());
  }

  private int top(int y) {
    return y * window.strideH() - window.padding().top();
  }

  private int left(int x) {
    return x * window.strideW() - window.padding().left();
  }

  /** Slots with which no window waits for room. */
  public int fewestSlots() {
    int most = 1;
    for (int y = 0; y < outputHeight; y++) {
      for (int x = 0; x < outputWidth; x++) {
        most = Math.max(most, needed(y, x) - freed(y, x));
      }
    }
    return most;
  }

  /**
   * Slots with which a reader that works all the time never waits, and neither does a writer of even pace: windows at equal
   * distances in time, pixels too, the first pixel as early as the most pressing window asks. A window's width comes on top, since
   * real writers are not even.
   */
  public int slots() {
    long pixels = input.pixels();
    long windows = (long) outputHeight * outputWidth;
    long lead = 0;
    for (int i = 0; i < windows; i++) {
      lead = Math.max(lead, needed(i / outputWidth, i % outputWidth) * windows - pixels * i);
    }
    long most = 0;
    for (int i = 0; i < windows; i++) {
      most = Math.max(most, pixels * (i + 1) + lead - freed(i / outputWidth, i % outputWidth) * windows);
    }
    int even = Math.toIntExact((most + windows - 1) / windows);
    return Math.max(fewestSlots(), even) + window.extentW();
  }
}
