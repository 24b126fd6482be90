package io.bitwright.conformance;

import io.bitwright.ir.kernel.Program;
import java.util.List;

/**
 * A program, one inference's inputs and the outputs that somebody else computed for them.
 *
 * @param inputs  raw little-endian elements as the model types them
 * @param expected  the outputs likewise
 * @param tolerance  how near floats must come; integer outputs must be equal
 */
public record Case(String name, Program program, List<byte[]> inputs, List<byte[]> expected, Tolerance tolerance) {
  public Case {
    inputs = List.copyOf(inputs);
    expected = List.copyOf(expected);
  }

  @Override
  public String toString() {
    return name;
  }
}
