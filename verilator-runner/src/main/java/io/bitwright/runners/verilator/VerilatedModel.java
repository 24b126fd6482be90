package io.bitwright.runners.verilator;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * A built simulation. Every run is a new process that starts from reset, so runs do not depend on each other.
 *
 * @param program  the executable
 */
public record VerilatedModel(Path program) {

  /**
   * Runs the simulation.
   *
   * @param input  standard input of the harness
   * @return standard output of the harness
   * @throws ToolException if the harness reports a fault or exceeds the limit
   */
  public byte[] run(byte[] input, Duration limit) {
    Path absolute = program.toAbsolutePath();
    return new Subprocess(List.of(absolute.toString()), absolute.getParent(), limit).run(input);
  }
}
