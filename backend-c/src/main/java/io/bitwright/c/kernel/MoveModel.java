package io.bitwright.c.kernel;

import java.util.List;

/**
 * A {@code Move}: boxes copied or filled. Template {@code MoveModel.ftl}.
 *
 * @param element  what an element is filled with where that is no repetition of one byte, else empty
 * @param elementType  in C
 */
public record MoveModel(Frame frame, String element, String elementType, List<Fill> fills, List<Copy> copies) {
  /** A filled box; {@code bytes} at a time. */
  public record Fill(List<LoopNest.Loop> loops, String to, int code, int bytes) {}

  /** A copied box; {@code bytes} at a time. */
  public record Copy(List<LoopNest.Loop> loops, String to, String from, int bytes) {}

  /** Whether nothing is left to do. */
  public boolean idle() {
    return fills.isEmpty() && copies.isEmpty();
  }
}
