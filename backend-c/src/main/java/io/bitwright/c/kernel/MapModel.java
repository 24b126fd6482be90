package io.bitwright.c.kernel;

import java.util.List;

/**
 * A {@code Map}, element by element. Template {@code MapModel.ftl}.
 *
 * @param operands  arrays read
 * @param index  of the output's current element
 * @param result  the call for the current element
 */
public record MapModel(Frame frame, List<MapOperand> operands, String ofm, String outputType,
    List<LoopNest.Loop> loops, String index, String result) {
  /** An array read. */
  public record MapOperand(String name, String type, String pointer) {}
}
