package io.bitwright.dataflow.timing;

import io.bitwright.dataflow.FeatureMap;
import io.bitwright.dataflow.Stage;

/** Codes gather in a register until a beat of the output is complete. */
final class RepackModel implements StageModel {
  private final Fifo in;
  private final Fifo out;
  private final FeatureMap input;
  private final FeatureMap output;
  private final int room;
  private int held;
  private int inBeat;
  private int outBeat;
  private long busy;

  RepackModel(Fifo in, Fifo out, Stage.Repack stage) {
    this.in = in;
    this.out = out;
    this.input = stage.input();
    this.output = stage.output();
    this.room = input.lanes() + output.lanes() + Math.min(input.lanes(), output.lanes());
  }

  @Override
  public void cycle() {
    int before = held;
    int given = inBeat + 1 == input.beatsPerPixel() ? input.lastLanes() : input.lanes();
    int wanted = outBeat + 1 == output.beatsPerPixel() ? output.lastLanes() : output.lanes();
    boolean takes = in.canRead() && before <= room - given;
    if (before >= wanted && out.canWrite()) {
      out.write();
      held -= wanted;
      outBeat = outBeat + 1 == output.beatsPerPixel() ? 0 : outBeat + 1;
    }
    if (takes) {
      in.read();
      held += given;
      inBeat = inBeat + 1 == input.beatsPerPixel() ? 0 : inBeat + 1;
      busy++;
    }
  }

  @Override
  public long busyCycles() {
    return busy;
  }
}
