package io.bitwright.target;

import io.bitwright.boards.Board;
import io.bitwright.ir.memory.MemoryPlan;
import java.util.List;
import java.util.Optional;

/**
 * What to emit.
 *
 * @param name  the network's name, already a legal C identifier in lower case
 * @param source  the model file's own name, untrusted text for a comment
 * @param selfTest  a recorded inference for the generated self-test
 * @param hardware  choices about hardware targets
 */
public record EmitRequest(String name, String source, MemoryPlan plan, Board board, Optional<Recording> selfTest,
    HardwareOptions hardware) {
  /** Without choices about hardware. */
  public EmitRequest(String name, String source, MemoryPlan plan, Board board, Optional<Recording> selfTest) {
    this(name, source, plan, board, selfTest, HardwareOptions.DEFAULT);
  }

  /**
   * One inference: raw little-endian tensors as the model types them.
   */
  public record Recording(List<byte[]> inputs, List<byte[]> outputs) {
    public Recording {
      inputs = List.copyOf(inputs);
      outputs = List.copyOf(outputs);
    }
  }
}
