package io.bitwright.dataflow.timing;

/** A beat out for each beat in, or for those of a frame's end only. */
final class StreamingModel extends PipelinedModel {
  private final Fifo in;
  private final long beats;
  private final long firstGiven;
  private final int latency;
  private long beat;

  /**
   * Prepares.
   *
   * @param beats  a frame
   * @param firstGiven  the first of them that a beat comes of, as the later ones do
   */
  StreamingModel(Fifo in, Fifo out, long beats, long firstGiven, int latency) {
    super(out, latency);
    this.in = in;
    this.beats = beats;
    this.firstGiven = firstGiven;
    this.latency = latency;
  }

  @Override
  boolean step() {
    if (!in.canRead()) {
      return false;
    }
    in.read();
    if (beat >= firstGiven) {
      emit(latency);
    }
    beat = beat + 1 == beats ? 0 : beat + 1;
    return true;
  }
}
