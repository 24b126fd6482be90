package io.bitwright.dataflow.timing;

import io.bitwright.dataflow.Stage;

/** Takes a pixel in, thinks, gives it out; then takes the next one. */
final class SoftmaxModel extends StageModel {
  private final Fifo in;
  private final int channels;
  private final long perCode;
  private final long beforeFirst;
  private int taken;
  private int given;
  private long wait;

  /**
   * Prepares.
   *
   * @param beforeFirst  cycles from the last code taken to the first given
   * @param perCode  cycles from one code given to the next
   */
  SoftmaxModel(Fifo in, Fifo out, Stage.Softmax stage, long beforeFirst, long perCode) {
    super(out, 1);
    this.in = in;
    this.channels = stage.input().channels();
    this.perCode = perCode;
    this.beforeFirst = beforeFirst;
  }

  @Override
  boolean step() {
    if (taken < channels) {
      if (!in.canRead()) {
        return false;
      }
      in.read();
      taken++;
      wait = beforeFirst;
    } else if (--wait <= 0) {
      emit(1);
      wait = perCode;
      if (++given == channels) {
        given = 0;
        taken = 0;
      }
    }
    return true;
  }
}
