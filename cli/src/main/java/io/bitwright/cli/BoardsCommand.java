package io.bitwright.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.bitwright.boards.Board;
import io.bitwright.boards.BoardDescription;
import io.bitwright.boards.Boards;
import io.bitwright.boards.Fabric;
import io.bitwright.cli.console.Console;
import io.bitwright.cli.console.TextTable;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Lists the boards, or says all about one. */
@Command(name = "boards", mixinStandardHelpOptions = true, description = "List the boards, or show one.")
final class BoardsCommand implements Runnable {
  @Parameters(paramLabel = "NAME", arity = "0..1", description = "A board, or a description of your own (.json).")
  private Optional<String> name = Optional.empty();

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Spec
  private CommandSpec spec;

  @Override
  public void run() {
    Console console = new Console(spec);
    List<BoardDescription> boards = name.map(n -> List.of(Boards.find(n))).orElseGet(Boards::all);
    if (json) {
      JsonArray all = new JsonArray();
      boards.forEach(b -> all.add(json(b)));
      console.print("%s", name.isPresent() ? all.get(0) : all);
    } else if (name.isPresent()) {
      describe(console, boards.get(0));
    } else {
      TextTable table = new TextTable().row(
          "board", "core", "clock", "flash", "RAM", "LUTs", "DSP", "BRAM", "title");
      boards.forEach(b -> table.row(b.board().name(), b.board().core(), clock(b.board()),
          bytes(b.board(), Board.Memory::flashBytes), bytes(b.board(), Board.Memory::ramBytes),
          blocks(b.board(), Fabric::luts), blocks(b.board(), Fabric::dspBlocks), blocks(b.board(), Fabric::blockRams),
          b.board().title()));
      console.print(table);
    }
  }

  private static void describe(Console console, BoardDescription description) {
    Board board = description.board();
    line(console, "board", board.name());
    line(console, "title", board.title());
    line(console, "core", board.core());
    line(console, "clock", clock(board));
    if (board.fabric().isPresent()) {
      line(console, "fabric", board.fabric().get().family().text());
      line(console, "LUTs", blocks(board, Fabric::luts));
      line(console, "DSP", blocks(board, Fabric::dspBlocks));
      line(console, "BRAM", blocks(board, Fabric::blockRams) + " of 18 Kbit");
    } else {
      line(console, "flash", bytes(board, Board.Memory::flashBytes));
      line(console, "RAM", bytes(board, Board.Memory::ramBytes));
    }
    line(console, "compiler", board.toolchain());
    line(console, "flags", board.flags());
    line(console, "flashing", board.flashing());
    line(console, "memory", description.memoryNote());
    line(console, "source", description.source());
  }

  private static void line(Console console, String name, String text) {
    if (!text.isEmpty()) {
      console.print("%-10s%s", name, text);
    }
  }

  private static JsonObject json(BoardDescription description) {
    Board board = description.board();
    JsonObject object = new JsonObject();
    object.addProperty("name", board.name());
    object.addProperty("title", board.title());
    object.addProperty("core", board.core());
    object.addProperty("clockHz", board.clockHz());
    board.memory().ifPresent(memory -> {
      object.addProperty("flashBytes", memory.flashBytes());
      object.addProperty("ramBytes", memory.ramBytes());
      object.addProperty("memoryNote", description.memoryNote());
    });
    board.fabric().ifPresent(fabric -> {
      object.addProperty("family", fabric.family().text());
      object.addProperty("luts", fabric.luts());
      object.addProperty("dspBlocks", fabric.dspBlocks());
      object.addProperty("blockRams", fabric.blockRams());
    });
    object.addProperty("toolchain", board.toolchain());
    object.addProperty("flags", board.flags());
    object.addProperty("flashing", board.flashing());
    object.addProperty("source", description.source());
    return object;
  }

  private static String clock(Board board) {
    return board.clockHz() == 0 ? "-" : board.clockHz() / 1_000_000 + " MHz";
  }

  private static String bytes(Board board, ToLongFunction<Board.Memory> size) {
    return board.memory().map(m -> String.format(Locale.ROOT, "%,d bytes", size.applyAsLong(m)))
        .orElse(board.fabric().isPresent() ? "-" : "not limited");
  }

  private static String blocks(Board board, ToIntFunction<Fabric> count) {
    return board.fabric().map(f -> String.format(Locale.ROOT, "%,d", count.applyAsInt(f))).orElse("-");
  }
}
