package io.bitwright.cli.option;

import io.bitwright.boards.Board;
import io.bitwright.boards.Boards;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** The board that code is generated for. */
public final class BoardOption {
  @Option(names = "--board", paramLabel = "NAME", defaultValue = "host",
      description = "A board by name, or a description of your own (.json). Default: ${DEFAULT-VALUE}.")
  private String name;

  /** The choice as words of a command line in another folder. */
  public List<String> words() {
    return List.of("--board", name.endsWith(".json") ? Path.of(name).toAbsolutePath().toString() : name);
  }

  public Board board() {
    return Boards.find(name).board();
  }
}
