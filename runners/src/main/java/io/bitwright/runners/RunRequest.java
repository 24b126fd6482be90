package io.bitwright.runners;

import io.bitwright.target.EmitRequest;
import io.bitwright.target.OutputTree;
import java.util.List;
import java.util.function.Consumer;

/**
 * What to run.
 *
 * @param emitted  what the tree was made from
 * @param tree  the emitted files
 * @param frames  per inference the raw little-endian inputs as the model types them
 * @param layers  whether to record the output of each source operator too (first frame only)
 * @param simulation  choices about hardware
 * @param progress  told from time to time how far long work is, a line for people
 */
public record RunRequest(EmitRequest emitted, OutputTree tree, List<List<byte[]>> frames, boolean layers,
    SimulationOptions simulation, Consumer<String> progress) {
  public RunRequest {
    frames = frames.stream().map(List::copyOf).toList();
  }

  /** A run without choices about hardware, that nobody watches. */
  public RunRequest(EmitRequest emitted, OutputTree tree, List<List<byte[]>> frames, boolean layers) {
    this(emitted, tree, frames, layers, SimulationOptions.DEFAULT, line -> { });
  }
}
