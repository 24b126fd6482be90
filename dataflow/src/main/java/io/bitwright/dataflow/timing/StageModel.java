package io.bitwright.dataflow.timing;

/**
 * A stage's control, cycle by cycle. Its pipeline moves as one: in a cycle in which a beat stands at its end and the FIFO behind
 * is full, nothing in it moves.
 */
abstract class StageModel {
  private final Fifo out;
  private final boolean[] emits;
  private int now;
  private long busy;

  /**
   * Prepares an empty pipeline.
   *
   * @param longest  cycles from a step to the last beat that comes of it, at most
   */
  StageModel(Fifo out, int longest) {
    this.out = out;
    this.emits = new boolean[Integer.highestOneBit(longest + 1) * 2];
  }

  /** One clock cycle. */
  void cycle() {
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

  /** Cycles in which there was work. */
  long busyCycles() {
    return busy;
  }
}
