package io.bitwright.dataflow.timing;

import io.bitwright.dataflow.Stage;

/** Beats of the padding need no beat of the input, but a frame begins when its first beat is there. */
final class PadModel extends PipelinedModel {
  private final Fifo in;
  private final Stage.Pad stage;
  private final int latency;
  private long beat;

  PadModel(Fifo in, Fifo out, Stage.Pad stage, int latency) {
    super(out, latency);
    this.in = in;
    this.stage = stage;
    this.latency = latency;
  }

  @Override
  boolean step() {
    long pixel = beat / stage.output().beatsPerPixel();
    long y = pixel / stage.output().width() - stage.top();
    long x = pixel % stage.output().width() - stage.left();
    boolean inside = y >= 0 && y < stage.input().height() && x >= 0 && x < stage.input().width();
    if ((inside || beat == 0) && !in.canRead()) {
      return false;
    }
    if (inside) {
      in.read();
    }
    emit(latency);
    beat = beat + 1 == stage.output().beats() ? 0 : beat + 1;
    return true;
  }
}
