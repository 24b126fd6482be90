package io.bitwright.dataflow.cost;

import io.bitwright.boards.Fabric.Family;
import io.bitwright.dataflow.Memory;
import io.bitwright.dataflow.Stage;
import io.bitwright.dataflow.Stream;
import io.bitwright.ir.scalar.Scalar;

/**
 * Look-up tables of pieces of logic, fitted to what yosys 0.23 makes of the RTL (docs/dataflow.md has the figures). A carry
 * chain's bit counts as a table.
 *
 * @param logic  tables of a bit of logic: an adder's, a multiplexer's
 * @param product  tables of a partial product's bit of a multiplier built of tables
 * @param ramWords  words that a bit of writable memory has in one table
 * @param romWords  entries that a bit of constant memory has in one table
 * @param softmax  tables of the sequential softmax unit
 * @param flattened  what remains of the tables of modules mapped apart when the whole design is flattened, as is usual
 */
record LutModel(double logic, double product, int ramWords, int romWords, double softmax, double flattened) {
  static LutModel of(Family family) {
    return family == Family.ECP5 ? new LutModel(1.0, 1.35, 16, 16, 3430, 0.87) : new LutModel(0.52, 0.9, 32, 64, 1470, 0.77);
  }

  double counters() {
    return 60 * logic;
  }

  /** Two registers, or a memory with a way around it. */
  double fifo(int depth, int bits) {
    if (depth <= 4) {
      return (2.0 * depth * bits + 6) * logic;
    }
    return ram(depth, bits) + (33 + 1.1 * bits) * logic;
  }

  private double ram(int depth, int bits) {
    int banks = Stream.ceilDiv(depth, ramWords);
    return (double) bits * banks + (banks > 1 ? (1.3 * bits * (banks - 1) + 12 * banks) * logic : 0);
  }

  private double rom(int depth, int bits) {
    return depth == 1 ? 0 : 0.9 * bits * Stream.ceilDiv(depth, romWords) * (depth > romWords / 2 ? 1.0 : 0.6);
  }

  /** Counters, tables by output row and column, and for each tap an address within the ring and the choice of the fill. */
  double lineBuffer(Stage.LineBuffer stage) {
    int countBits = bits(stage.input().pixels() + 1);
    int flagBits = Math.max(2, Math.max(stage.window().kernelH(), stage.window().kernelW()));
    int entryBits = 4 * Math.max(countBits, flagBits);
    int addressBits = bits(stage.lines().depth());
    return 170 * logic + rom(stage.outputHeight(), entryBits) + rom(stage.outputWidth(), entryBits)
        + stage.output().tapLanes() * (40 + 3.5 * addressBits + 8 * stage.input().lanes()) * logic;
  }

  private static int bits(int size) {
    return 32 - Integer.numberOfLeadingZeros(Math.max(1, size - 1));
  }

  double product(int a, int b) {
    return a * b * product;
  }

  /** Additions of the parts of a product that several blocks give. */
  double productGlue(int a, int b) {
    return a > 18 || b > 18 ? (a + b) * 1.5 * logic : 0;
  }

  double accumulators(int lanes, int pe, int productBits, int accumulatorBits) {
    return pe * ((lanes - 1) * (productBits + 1) + 2.0 * accumulatorBits) * logic;
  }

  double serialiser(int steps, int lanes, int accumulatorBits) {
    return steps * lanes * accumulatorBits * logic;
  }

  double reduction(int lanes, int accumulatorBits) {
    return counters() + 2.0 * lanes * accumulatorBits * logic;
  }

  double operation(Scalar.Value value) {
    int bits = value.interval().signedBits();
    return switch (value.opcode()) {
      case INPUT, CONST, LOW_BITS -> 0;
      case SHL, SHR -> value.arg(1).isConst() ? 0 : bits * 3 * logic;
      case SELECT, ADD, SUB -> bits * logic;
      case LESS -> value.arg(0).interval().signedBits() * logic;
      default -> 2.0 * bits * logic;
    };
  }

  /** A memory that is no block. */
  double memory(Memory memory) {
    return memory.copies()
        * (memory.constant() ? rom(memory.depth(), memory.bits()) : ram(memory.depth(), memory.bits()));
  }

  /** A register of codes in units, filled behind a barrel shifter. */
  double repack(Stage.Repack repack) {
    int unit = unit(repack);
    int codes = repack.input().lanes() + repack.output().lanes()
        + Math.min(repack.input().lanes(), repack.output().lanes());
    return (13 + 8.0 * codes * (bits(codes / unit + 1) + 2)) * logic;
  }

  private static int unit(Stage.Repack repack) {
    int unit = gcd(repack.input().lanes(), repack.output().lanes());
    return gcd(unit, gcd(repack.input().lastLanes(), repack.output().lastLanes()));
  }

  private static int gcd(int a, int b) {
    return b == 0 ? a : gcd(b, a % b);
  }
}
