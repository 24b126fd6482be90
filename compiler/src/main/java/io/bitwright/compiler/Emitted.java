package io.bitwright.compiler;

import io.bitwright.target.EmitRequest;
import io.bitwright.target.OutputTree;
import java.nio.file.Path;

/** A generated source tree and what it was made from. */
public record Emitted(EmitRequest request, OutputTree tree) {
  /**
   * Writes the tree, whole or not at all. A folder that an earlier call wrote is replaced, files in it that no call
   * wrote are kept; a folder with other files is refused.
   *
   * @throws io.bitwright.ir.diag.DiagnosticException if the folder is refused or cannot be written
   */
  public void write(Path folder) {
    OutputFolder.write(tree, folder);
  }
}
