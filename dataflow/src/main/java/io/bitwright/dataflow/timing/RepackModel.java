package io.bitwright.dataflow.timing;

import io.bitwright.dataflow.FeatureMap;
import io.bitwright.dataflow.Stage;

/** Codes gather until a beat of the output is complete. */
final class RepackModel extends StageModel {
  private final Fifo in;
  private final FeatureMap input;
  private final FeatureMap output;
  private final int room;
  private final int latency;
  private int held;
  private int inBeat;
  private int outBeat;

  RepackModel(Fifo in, Fifo out, Stage.Repack stage, int latency) {
    super(out, latency);
    this.in = in;
    this.input = stage.input();
    this.output = stage.output();
    this.room = input.lanes() + output.lanes() - 1;
    this.latency = latency;
  }

  @Override
  boolean step() {
    boolean worked = false;
    int wanted = outBeat + 1 == output.beatsPerPixel() ? output.lastLanes() : output.lanes();
    int before = held;
    if (before >= wanted) {
      held -= wanted;
      outBeat = outBeat + 1 == output.beatsPerPixel() ? 0 : outBeat + 1;
      emit(latency);
      worked = true;
    }
    int given = inBeat + 1 == input.beatsPerPixel() ? input.lastLanes() : input.lanes();
    if (in.canRead() && held + given <= room) {
      in.read();
      held += given;
      inBeat = inBeat + 1 == input.beatsPerPixel() ? 0 : inBeat + 1;
      worked = true;
    }
    return worked;
  }
}
