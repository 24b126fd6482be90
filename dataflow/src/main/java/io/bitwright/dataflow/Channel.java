package io.bitwright.dataflow;

/**
 * A FIFO of beats between two stages, or between a stage and the outside.
 *
 * @param id  position among the plan's channels
 * @param name  a legal identifier: what the beats are
 * @param from  index of the stage that writes it; -1 for the network's input
 * @param to  index of the stage that reads it; -1 for the network's output
 * @param stream  what flows
 * @param depth  beats it holds, at least 2
 */
public record Channel(int id, String name, int from, int to, Stream stream, int depth) {
  /** What stands for the outside. */
  public static final int OUTSIDE = -1;

  public Channel {
    if (depth < 2) {
      throw new IllegalArgumentException("a FIFO of depth " + depth);
    }
  }

  public Channel withDepth(int other) {
    return new Channel(id, name, from, to, stream, other);
  }

  /** Bits a beat. */
  public int bits() {
    return 8 * stream.lanes();
  }
}
