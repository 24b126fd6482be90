package io.bitwright.frontend.quantise.work;

/** Is told how far long work is. */
@FunctionalInterface
public interface Progress {
  /** Tells nobody. */
  Progress NONE = (stage, done, total) -> { };

  /**
   * Called after each piece.
   *
   * @param stage  what is being done, for people
   * @param done  of {@code total} pieces
   */
  void at(String stage, int done, int total);
}
