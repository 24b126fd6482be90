package io.bitwright.dataflow.timing;

/**
 * A channel as its two ends see it: what happens in a cycle shows in the next. A full FIFO takes nothing, even if it is read in
 * that cycle.
 */
final class Fifo {
  private final int depth;
  private int count;
  private int change;
  private int highWater;
  private long reads;

  Fifo(int depth) {
    this.depth = depth;
  }

  boolean canRead() {
    return count > 0;
  }

  boolean canWrite() {
    return count < depth;
  }

  void read() {
    change--;
    reads++;
  }

  void write() {
    change++;
  }

  void endCycle() {
    count += change;
    change = 0;
    highWater = Math.max(highWater, count);
  }

  int highWater() {
    return highWater;
  }

  /** Beats read so far. */
  long reads() {
    return reads;
  }
}
