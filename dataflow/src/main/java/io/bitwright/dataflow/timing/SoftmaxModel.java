package io.bitwright.dataflow.timing;

import io.bitwright.dataflow.SoftmaxTiming;
import io.bitwright.dataflow.Stage;

/** Takes a pixel in, thinks, gives it out code by code; then takes the next one. */
final class SoftmaxModel implements StageModel {
  private final Fifo in;
  private final Fifo out;
  private final int channels;
  private final SoftmaxTiming timing;
  private int taken;
  private int given;
  private int wait;
  private long busy;

  SoftmaxModel(Fifo in, Fifo out, Stage.Softmax stage) {
    this.in = in;
    this.out = out;
    this.channels = stage.input().channels();
    this.timing = SoftmaxTiming.of(stage.kernel());
  }

  @Override
  public void cycle() {
    if (taken < channels) {
      if (in.canRead()) {
        in.read();
        taken++;
        busy++;
        wait = timing.firstResult();
      }
      return;
    }
    busy++;
    if (--wait <= 0 && out.canWrite()) {
      out.write();
      wait = timing.nextResult();
      if (++given == channels) {
        given = 0;
        taken = 0;
      }
    }
  }

  @Override
  public long busyCycles() {
    return busy;
  }
}
