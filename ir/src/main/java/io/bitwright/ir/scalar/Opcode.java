package io.bitwright.ir.scalar;

/**
 * The operations of scalar programs. A renderer is one exhaustive switch over them.
 *
 * <p>Integers are exact; the f32 operations round each result to float32, ties to even, and are never contracted.
 */
public enum Opcode {
  /** A named input of the program; integer or f32. */
  INPUT(0),
  /** An integer constant, {@code immediate}. */
  CONST(0),
  ADD(2),
  SUB(2),
  MUL(2),
  /** {@code a * 2^b}, b in [0, 62]. */
  SHL(2),
  /** {@code floor(a / 2^b)}, b in [0, 63]. */
  SHR(2),
  /** {@code a / b} truncated toward zero; b at least 1. */
  DIV(2),
  MIN(2),
  MAX(2),
  /** 1 where {@code a < b}, else 0; operands both integer or both f32 (false for NaN). */
  LESS(2),
  /** {@code a != 0 ? b : c}; a is integer, b and c are of one kind. */
  SELECT(3),
  /** Leading zeros of a in 32 bits; a in [1, 2^32). */
  CLZ(1),
  /** The lowest {@code immediate} bits of a, as a non-negative number. */
  LOW_BITS(1),
  /** Entry a of {@code table}. */
  LOOKUP(1),
  /** An f32 constant, {@code real}. */
  F_CONST(0),
  F_ADD(2),
  F_SUB(2),
  F_MUL(2),
  F_DIV(2),
  /** {@code a < b ? a : b}; b where either is NaN. */
  F_MIN(2),
  /** {@code a > b ? a : b}; b where either is NaN. */
  F_MAX(2),
  /** The f32 nearest to an integer of at most 32 bits. */
  F_FROM_INT(1),
  /** The integer toward zero, limited to the value's interval; its lower bound for NaN. */
  F_TO_INT(1),
  /** The f32 with the given 32-bit pattern (its sign bit is clear). */
  F_FROM_BITS(1),
  /** The lowest 31 bits of an f32's pattern: of the magnitude, for a number. */
  F_TO_BITS(1);

  private final int arity;

  Opcode(int arity) {
    this.arity = arity;
  }

  /** Number of operands. */
  public int arity() {
    return arity;
  }

  /** Whether the result is f32; INPUT and SELECT take their value's kind. */
  boolean givesReal() {
    return switch (this) {
      case F_CONST, F_ADD, F_SUB, F_MUL, F_DIV, F_MIN, F_MAX, F_FROM_INT, F_FROM_BITS -> true;
      default -> false;
    };
  }
}
