package io.bitwright.boards;

import java.util.Objects;

/**
 * A board and what its description says for people.
 *
 * @param board  what the compiler uses
 * @param memoryNote  which of the board's memories the sizes count; empty where nothing is to be said
 * @param source  where the figures were taken from
 */
public record BoardDescription(Board board, String memoryNote, String source) {
  public BoardDescription {
    Objects.requireNonNull(board);
    Objects.requireNonNull(memoryNote);
    Objects.requireNonNull(source);
  }
}
