package io.bitwright.c.kernel;

import java.util.List;

/**
 * The function that runs the kernels of a group together, a row at a time. Template {@code GroupModel.ftl}.
 *
 * @param images  above 1: a loop over n
 * @param rows  output rows of the last kernel
 * @param producers  loops over rows that are computed when they are needed, the innermost last
 * @param calls  of the kernels of each loop, of the innermost first; the last are in the loop over output rows
 */
public record GroupModel(String function, List<String> comment, int images, int rows, List<Producer> producers,
    List<List<String>> calls) {
  /**
   * A loop over rows that the loop around it needs.
   *
   * @param counter  rows computed so far
   * @param value  for people: whose rows
   * @param more  whether a row is still to be computed
   */
  public record Producer(String counter, String value, String more) {}

  /** As templates name what stands above a function. */
  public GroupModel frame() {
    return this;
  }
}
