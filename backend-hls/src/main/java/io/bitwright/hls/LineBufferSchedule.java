package io.bitwright.hls;

import io.bitwright.dataflow.Patches;
import io.bitwright.dataflow.Stage;
import io.bitwright.dataflow.fold.Ring;

/**
 * The iterations of {@code bw_line_buffer}, counted by running it without data, and what follows from them.
 *
 * <p>A pipelined loop stalls as a whole: while it waits for a pixel, no window leaves, although it may be there. Its
 * ring is therefore no larger than overlapping needs, since it is always filled as far as it goes, and the FIFO in front
 * of it holds what it takes at once when a row's slots become free.
 */
final class LineBufferSchedule {
  /** The first frame, two alike, and one more to be sure. */
  private static final int FRAMES = 4;

  private final Ring ring;
  private final Stage.LineBuffer stage;
  private final int pixels;
  private final int pixelWords;
  private final int pixelBeats;
  private final int slots;
  private final TripCounts trips;
  private final int burst;

  LineBufferSchedule(Stage.LineBuffer stage) {
    this.stage = stage;
    Patches patches = stage.output();
    ring = new Ring(stage.input(), stage.window(), stage.outputHeight(), stage.outputWidth());
    pixels = stage.input().pixels();
    pixelWords = stage.input().beatsPerPixel();
    pixelBeats = patches.groups() * patches.beatsPerGroup();
    slots = fewestSlots();
    Run run = new Run(slots);
    run.toEnd();
    trips = run.trips();
    burst = run.burst();
  }

  /** Slots of the ring, at most the plan's. */
  int slots() {
    return slots;
  }

  TripCounts trips() {
    return trips;
  }

  /** Beats that the FIFO in front holds on top of the plan's, for a writer of even pace never to wait. */
  int burst() {
    return burst;
  }

  /** The fewest that keep the interval of the plan's capacity. */
  private int fewestSlots() {
    int to = stage.capacityPixels();
    long interval = more(to);
    int from = Math.min(ring.fewestSlots(), to);
    while (from < to) {
      int middle = (from + to) >>> 1;
      if (more(middle) <= interval) {
        to = middle;
      } else {
        from = middle + 1;
      }
    }
    return to;
  }

  private long more(int slots) {
    Run run = new Run(slots);
    run.toEnd();
    return run.trips().more();
  }

  /** One run; between two pixels nothing changes but the count of iterations. */
  private final class Run {
    private final int slots;
    private final long[] ends = new long[FRAMES];
    private int ended;
    private long trip;
    private int row;
    private int column;
    private int beat;
    private int word;
    private long taken;
    private long written;
    private long frame;
    private long earliest = Long.MAX_VALUE;
    private long latest = Long.MIN_VALUE;

    Run(int slots) {
      this.slots = slots;
    }

    void toEnd() {
      while (ended < FRAMES) {
        boolean gives = written >= ring.needed(row, column);
        boolean takes = written - ring.freed(row, column) < slots;
        int count = Math.min(
            gives ? pixelBeats - beat : Integer.MAX_VALUE, takes ? pixelWords - word : Integer.MAX_VALUE);
        if (takes) {
          pace(trip, taken * pixelWords + word, count);
        }
        trip += count;
        if (gives && (beat += count) == pixelBeats) {
          beat = 0;
          nextPixel();
        }
        if (takes && (word += count) == pixelWords) {
          word = 0;
          taken++;
          written++;
        }
        if (frame > ended && taken >= (ended + 1L) * pixels) {
          ends[ended++] = trip;
        }
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

    /** How far beats that are taken one after the other are before and behind an even pace, in beats times interval. */
    private void pace(long from, long first, int count) {
      if (ended == 0) {
        return;
      }
      long beats = stage.input().beats();
      long interval = Math.max(stage.intervalCycles(), beats);
      latest = Math.max(latest, from * beats - first * interval);
      earliest = Math.min(earliest, (from + count - 1) * beats - (first + count - 1) * interval);
    }

    TripCounts trips() {
      long more = stage.intervalCycles();
      for (int f = 1; f < FRAMES; f++) {
        more = Math.max(more, ends[f] - ends[f - 1]);
      }
      return new TripCounts(ends[0], more);
    }

    int burst() {
      return Math.toIntExact((latest - earliest) / stage.intervalCycles()) + 1;
    }
  }
}
