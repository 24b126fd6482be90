package io.bitwright.hls;

import io.bitwright.dataflow.Patches;
import io.bitwright.dataflow.Stage;
import io.bitwright.dataflow.fold.Ring;

/** The iterations of {@code bw_line_buffer}, counted by running it without data. */
final class LineBufferSchedule {
  /** From the second frame on the same happens in each; one more to be sure. */
  private static final int FRAMES = 4;

  private final Ring ring;
  private final int slots;
  private final int pixels;
  private final int pixelWords;
  private final int pixelBeats;
  private final long longest;
  private int row;
  private int column;
  private int beat;
  private int word;
  private long taken;
  private long written;
  private long frame;

  LineBufferSchedule(Stage.LineBuffer stage) {
    Patches patches = stage.output();
    ring = new Ring(stage.input(), stage.window(), stage.outputHeight(), stage.outputWidth());
    slots = stage.capacityPixels();
    pixels = stage.input().pixels();
    pixelWords = stage.input().beatsPerPixel();
    pixelBeats = patches.groups() * patches.beatsPerGroup();
    longest = stage.intervalCycles();
  }

  TripCounts trips() {
    long[] ends = new long[FRAMES];
    int ended = 0;
    for (long trip = 1; ended < FRAMES; trip++) {
      iterate();
      if (frame > ended && taken >= (ended + 1L) * pixels) {
        ends[ended++] = trip;
      }
    }
    long more = longest;
    for (int f = 1; f < FRAMES; f++) {
      more = Math.max(more, ends[f] - ends[f - 1]);
    }
    return new TripCounts(ends[0], more);
  }

  private void iterate() {
    boolean gives = written >= ring.needed(row, column);
    boolean takes = written - ring.freed(row, column) < slots;
    if (gives && ++beat == pixelBeats) {
      beat = 0;
      nextPixel();
    }
    if (takes && ++word == pixelWords) {
      word = 0;
      taken++;
      written++;
    }
  }

  private void nextPixel() {
    if (++column == ring.outputWidth()) {
      column = 0;
      if (++row == ring.outputHeight()) {
        row = 0;
        frame++;
        written -= pixels;
      }
    }
  }
}
