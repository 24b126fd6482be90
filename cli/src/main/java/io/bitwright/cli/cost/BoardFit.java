package io.bitwright.cli.cost;

import com.google.gson.JsonObject;
import io.bitwright.boards.Board;
import io.bitwright.compiler.Network;
import io.bitwright.ir.cost.ConstantBytes;
import java.util.List;
import java.util.Locale;

/**
 * How much of a microcontroller's memory a network takes, as far as that is known before its code is built.
 *
 * @param flashBytes  weights and tables
 * @param ramBytes  the arena
 */
public record BoardFit(Board board, long flashBytes, long ramBytes) {
  /** Of a board with memory. */
  public static BoardFit of(Network network, Board board) {
    return new BoardFit(board, ConstantBytes.of(network.program()), network.plan().arenaBytes());
  }

  /** Two lines. */
  public List<String> lines() {
    Board.Memory memory = board.memory().orElseThrow();
    return List.of(line("flash", flashBytes, memory.flashBytes(), "without the code"),
        line("RAM", ramBytes, memory.ramBytes(), "without the stack"));
  }

  private String line(String name, long need, long limit, String without) {
    return String.format(Locale.ROOT, "%-21s %,15d of %,d bytes of %s (%.0f %%), %s%s", name, need, limit, board.name(),
        100.0 * need / limit, without, need > limit ? ": does not fit" : "");
  }

  public JsonObject json() {
    Board.Memory memory = board.memory().orElseThrow();
    JsonObject object = new JsonObject();
    object.addProperty("name", board.name());
    object.addProperty("flashBytes", flashBytes);
    object.addProperty("flashLimitBytes", memory.flashBytes());
    object.addProperty("ramBytes", ramBytes);
    object.addProperty("ramLimitBytes", memory.ramBytes());
    return object;
  }
}
