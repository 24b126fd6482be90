package io.bitwright.hls;

import io.bitwright.dataflow.FeatureMap;
import io.bitwright.dataflow.Stage;

/** The iterations of {@code bw_repack}, counted by running it without data. */
final class RepackSchedule {
  private static final int FRAMES = 4;

  private final FeatureMap input;
  private final FeatureMap output;
  private long held;
  private long taken;
  private long given;

  RepackSchedule(Stage.Repack stage) {
    input = stage.input();
    output = stage.output();
  }

  TripCounts trips() {
    long[] ends = new long[FRAMES];
    int ended = 0;
    for (long trip = 1; ended < FRAMES; trip++) {
      iterate();
      if (given == (ended + 1) * output.beats()) {
        ends[ended++] = trip;
      }
    }
    long more = Math.max(input.beats(), output.beats());
    for (int f = 1; f < FRAMES; f++) {
      more = Math.max(more, ends[f] - ends[f - 1]);
    }
    return new TripCounts(ends[0], more);
  }

  private void iterate() {
    if (held < output.lanes()) {
      held += codes(input, taken++);
    }
    int wanted = codes(output, given);
    if (held >= wanted) {
      held -= wanted;
      given++;
    }
  }

  private static int codes(FeatureMap map, long beat) {
    return beat % map.beatsPerPixel() == map.beatsPerPixel() - 1 ? map.lastLanes() : map.lanes();
  }
}
