package io.bitwright.runners;

import io.bitwright.target.EmitRequest;
import io.bitwright.target.OutputTree;
import java.util.List;

/**
 * What to run.
 *
 * @param emitted  what the tree was made from
 * @param tree  the emitted files
 * @param frames  per inference the raw little-endian inputs as the model types them
 * @param layers  whether to record the output of each source operator too (first frame only)
 */
public record RunRequest(EmitRequest emitted, OutputTree tree, List<List<byte[]>> frames, boolean layers) {
  public RunRequest {
    frames = frames.stream().map(List::copyOf).toList();
  }
}
