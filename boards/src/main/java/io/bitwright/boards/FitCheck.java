package io.bitwright.boards;

import io.bitwright.ir.diag.DiagnosticId;
import io.bitwright.ir.diag.Diagnostics;
import io.bitwright.ir.diag.SourceLocation;

/**
 * What a network needs of a board's memory, at the least.
 *
 * @param flashBytes  constants; the code's size is known only once it is built
 * @param ramBytes  arena and scratch; the stack comes on top
 */
public record FitCheck(long flashBytes, long ramBytes) {
  /** Reports each memory that is too small, with need and limit in bytes. A board without sizes takes everything. */
  public void check(Board board, SourceLocation location, Diagnostics diagnostics) {
    board.memory().ifPresent(memory -> {
      if (flashBytes > memory.flashBytes()) {
        diagnostics.report(DiagnosticId.DOES_NOT_FIT, location, "the network", flashBytes, "flash", board.name(),
            memory.flashBytes());
      }
      if (ramBytes > memory.ramBytes()) {
        diagnostics.report(DiagnosticId.DOES_NOT_FIT, location, "the network", ramBytes, "RAM", board.name(),
            memory.ramBytes());
      }
    });
  }
}
