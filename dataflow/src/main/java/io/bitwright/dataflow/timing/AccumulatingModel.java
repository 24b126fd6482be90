package io.bitwright.dataflow.timing;

import io.bitwright.dataflow.FeatureMap;
import io.bitwright.dataflow.Patches;
import io.bitwright.dataflow.Stream;

/** Convolutions and pools: passes over patches; results leave through the requantisers, some a cycle. */
final class AccumulatingModel extends PipelinedModel {
  private final Fifo in;
  private final int passes;
  private final int beatsPerPass;
  private final int groups;
  private final int[] resultBeats;
  private final int latency;
  private int beat;
  private int pass;
  private int group;

  /**
   * Prepares.
   *
   * @param pe  output channels of a pass
   * @param passes  over each group's patch; the first one reads it
   * @param latency  cycles from a pass's last beat to its first result
   */
  AccumulatingModel(Fifo in, Fifo out, Patches patches, FeatureMap output, int pe, int passes, int latency) {
    super(out, latency + Stream.ceilDiv(pe, output.lanes()));
    this.in = in;
    this.passes = passes;
    this.beatsPerPass = patches.beatsPerGroup();
    this.groups = patches.groups();
    this.latency = latency;
    this.resultBeats = new int[groups * passes];
    boolean channelwise = passes == 1 && groups * pe >= output.channels() && patches.words() == 1;
    int perGroup = channelwise ? pe : output.channels() / groups;
    for (int i = 0; i < resultBeats.length; i++) {
      int left = Math.min(perGroup - i % passes * pe, output.channels() - i / passes * perGroup);
      resultBeats[i] = Stream.ceilDiv(Math.min(pe, left), output.lanes());
    }
  }

  @Override
  boolean step() {
    if (pass == 0) {
      if (!in.canRead()) {
        return false;
      }
      in.read();
    }
    if (++beat == beatsPerPass) {
      beat = 0;
      int results = resultBeats[group * passes + pass];
      for (int i = 0; i < results; i++) {
        emit(latency + i);
      }
      if (++pass == passes) {
        pass = 0;
        group = group + 1 == groups ? 0 : group + 1;
      }
    }
    return true;
  }
}
