package io.bitwright.dataflow.cost;

import io.bitwright.boards.Fabric.Family;
import io.bitwright.dataflow.Memory;
import io.bitwright.dataflow.Stage;
import io.bitwright.ir.scalar.Scalar;

/**
 * Look-up tables of pieces of logic: what the piece is made of, times a coefficient fitted to yosys 0.23 (docs/dataflow.md).
 *
 * @param perBit  tables for a bit of an adder, a multiplexer of two, a comparison
 * @param perProductBit  tables for a partial product's bit of a multiplier built of tables
 * @param bitsPerRamLut  bits of a writable memory in one table
 * @param bitsPerRomLut  bits of a constant memory in one table
 */
record LutModel(double perBit, double perProductBit, double bitsPerRamLut, double bitsPerRomLut) {
  static LutModel of(Family family) {
    return family == Family.ECP5 ? new LutModel(1.0, 1.1, 16, 16) : new LutModel(1.0, 1.0, 32, 64);
  }

  double counters() {
    return 60 * perBit;
  }

  double fifo(int depth, int bits) {
    return depth <= 2 ? bits * perBit : bits * Math.ceil(depth / bitsPerRamLut) + 20 * perBit;
  }

  double lineBuffer(Stage.LineBuffer stage) {
    return (80 + stage.output().tapLanes() * (60 + stage.output().wordLanes() * 8)) * perBit;
  }

  double product(int a, int b) {
    return a * b * perProductBit;
  }

  /** Additions of the parts of a product that several blocks give. */
  double productGlue(int a, int b) {
    return a > 18 || b > 18 ? (a + b) * 1.5 * perBit : 0;
  }

  double accumulators(int lanes, int pe, int productBits, int accumulatorBits) {
    return pe * ((lanes - 1) * (productBits + 1) + 2.0 * accumulatorBits) * perBit;
  }

  double serialiser(int steps, int lanes, int accumulatorBits) {
    return steps * lanes * accumulatorBits * perBit;
  }

  double reduction(int lanes, int accumulatorBits) {
    return counters() + 2.0 * lanes * accumulatorBits * perBit;
  }

  double operation(Scalar.Value value) {
    int bits = value.interval().signedBits();
    return switch (value.opcode()) {
      case INPUT, CONST, LOW_BITS -> 0;
      case SHL, SHR -> value.arg(1).isConst() ? 0 : bits * 3 * perBit;
      case SELECT, ADD, SUB -> bits * perBit;
      case LESS -> value.arg(0).interval().signedBits() * perBit;
      case MIN, MAX -> 2.0 * bits * perBit;
      default -> 2.0 * bits * perBit;
    };
  }

  double table(int entries, int bits) {
    return Math.ceil(entries / bitsPerRomLut) * bits;
  }

  double memory(Memory memory) {
    double perLut = memory.constant() ? bitsPerRomLut : bitsPerRamLut;
    return memory.copies() * Math.ceil(memory.depth() / perLut) * memory.bits();
  }

  double repack(Stage.Repack repack) {
    return (30 + 8.0 * (repack.input().lanes() + repack.output().lanes()) * 1.5) * perBit;
  }

  double softmax() {
    return 1200 * perBit;
  }
}
