package io.bitwright.c.scalar;

/**
 * A C expression with its type and how tightly its outermost operator binds; parentheses appear where C needs them or
 * compilers ask for them.
 */
record Expr(String text, CType type, Level level) {
  /** From the tightest to the loosest. */
  enum Level {
    ATOM,
    UNARY,
    PRODUCT,
    SUM,
    /** Shifts, bit operations: always in parentheses inside of others. */
    BITS,
    COMPARISON,
    CHOICE
  }

  static Expr atom(String text, CType type) {
    return new Expr(text, type, Level.ATOM);
  }

  /** The text, in parentheses where it binds more loosely than asked for. */
  String within(Level loosest) {
    boolean bare = level.compareTo(loosest) <= 0 && (level != Level.BITS);
    return bare ? text : "(" + text + ")";
  }

  Expr cast(CType to) {
    return to == type ? this : new Expr("(" + to + ")" + within(Level.ATOM), to, Level.UNARY);
  }

  boolean isWide() {
    return type == CType.INT64;
  }
}
