package io.bitwright.cli;

import io.bitwright.boards.Board;
import io.bitwright.boards.Boards;
import picocli.CommandLine.Option;

/** The board that code is generated for. */
final class BoardOption {
  @Option(names = "--board", paramLabel = "NAME", defaultValue = "host",
      description = "A board by name, or a description of your own (.json). Default: ${DEFAULT-VALUE}.")
  private String name;

  Board board() {
    return Boards.find(name).board();
  }
}
