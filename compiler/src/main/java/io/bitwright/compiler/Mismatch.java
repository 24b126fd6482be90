package io.bitwright.compiler;

import java.util.Optional;

/**
 * Where two runs of a network first differ.
 *
 * @param frame  which inference, from 0
 * @param output  where in the outputs
 * @param layer  where in the first layer that differs when kernels run one by one; empty where none does, or where it
 *     cannot be seen
 * @param arithmetic  how the interpreter came to its value there, as far as known; empty where it is not
 */
public record Mismatch(int frame, Difference output, Optional<Difference> layer, String arithmetic) {
  /**
   * One element of a tensor in two runs.
   *
   * @param tensor  the tensor, for people
   * @param position  index in each dimension
   * @param expected  the interpreter's value
   * @param actual  the other's
   */
  public record Difference(String tensor, String position, String expected, String actual) {
    @Override
    public String toString() {
      return tensor + " " + position + ": expected " + expected + ", got " + actual;
    }
  }
}
