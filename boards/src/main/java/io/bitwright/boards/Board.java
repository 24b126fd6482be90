package io.bitwright.boards;

import java.util.Optional;

/**
 * What generated code is made for.
 *
 * @param name  as on the command line
 * @param title  for people: maker and part
 * @param core  instruction set or device: {@code x86-64}, {@code cortex-m4}, {@code rv32imc}
 * @param clockHz  the usual clock
 * @param memory  sizes that a network must fit; absent for a host
 * @param toolchain  the compiler's command name
 * @param flags  what the compiler is given for this core
 * @param flashing  how a built image gets onto the board, a sentence
 * @param fabric  programmable logic; absent where there is none
 */
public record Board(String name, String title, String core, long clockHz, Optional<Memory> memory, String toolchain,
    String flags, String flashing, Optional<Fabric> fabric) {
  /** A board without programmable logic. */
  public Board(String name, String title, String core, long clockHz, Optional<Memory> memory, String toolchain,
      String flags, String flashing) {
    this(name, title, core, clockHz, memory, toolchain, flags, flashing, Optional.empty());
  }

  /**
   * Memory of a microcontroller.
   *
   * @param flashBytes  for code and weights
   * @param ramBytes  for arena, stack and everything else
   */
  public record Memory(long flashBytes, long ramBytes) {}
}
