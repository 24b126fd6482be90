package io.bitwright.dataflow.timing;

/**
 * A stage whose pipeline moves as one: in a cycle in which a beat stands at its end and the FIFO behind
 * is full, nothing in it moves.
 */
abstract class PipelinedModel implements StageModel {
  private final Fifo out;
  private final boolean[] emits;
  private int now;
  private long busy;

  /**
   * Prepares an empty pipeline.
   *
   * @param longest  cycles from a step to the last beat that comes of it, at most
   */
  PipelinedModel(Fifo out, int longest) {
    this.out = out;
    this.emits = new boolean[Integer.highestOneBit(longest + 1) * 2];
  }

  @Override
  public final void cycle() {
    besides();
    if (emits[now]) {
      if (!out.canWrite()) {
        return;
      }
      out.write();
      emits[now] = false;
    }
    if (step()) {
      busy++;
    }
    now = (now + 1) & (emits.length - 1);
  }

  /** What goes on whether the pipeline moves or not. */
  void besides() {}

  /** One step of the stage's control, in a cycle in which the pipeline moves. Gives whether there was work. */
  abstract boolean step();

  /** A beat comes out so many cycles after this one. */
  final void emit(int cyclesLater) {
    emits[(now + cyclesLater) & (emits.length - 1)] = true;
  }

  @Override
  public final long busyCycles() {
    return busy;
  }
}
