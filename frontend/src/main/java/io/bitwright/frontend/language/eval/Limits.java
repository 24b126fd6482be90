package io.bitwright.frontend.language.eval;

/** What a description may ask for; far above any real network. */
final class Limits {
  static final int REPETITIONS = 10_000;
  static final int LAYERS = 20_000;
  static final int STEPS = 1_000_000;
  static final int CALLS = 64;
  static final int DEPTH = 1000;
  static final int TEXT = 200;
  static final int CHANNELS = 1 << 20;
  static final int PIXELS = 1 << 15;
  static final int WINDOW = 1 << 10;
  static final long ELEMENTS = Integer.MAX_VALUE;
  static final long MACS = 1_000_000_000_000_000L;

  private Limits() {}
}
