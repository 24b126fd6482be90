package io.bitwright.c.kernel;

import java.util.ArrayList;
import java.util.List;

/**
 * A kernel's C function: it computes one output row, or all of the output where that has one row.
 *
 * @param images  images of the output that lie at different places; above 1 the function takes {@code n}
 * @param rows  rows of an image that are computed in different ways or places; above 1 the function takes {@code y}
 */
public record Frame(String function, List<String> comment, int images, int rows) {
  public Frame {
    comment = List.copyOf(comment);
  }

  /** The parameter list. */
  public String parameters() {
    List<String> parameters = new ArrayList<>(List.of("uint8_t *arena"));
    if (images > 1) {
      parameters.add("int32_t n");
    }
    if (rows > 1) {
      parameters.add("int32_t y");
    }
    return String.join(", ", parameters);
  }

  /** A call for image {@code n} and a row. */
  public String call(String row) {
    return function + "(arena" + (images > 1 ? ", n" : "") + (rows > 1 ? ", " + row : "") + ");";
  }
}
