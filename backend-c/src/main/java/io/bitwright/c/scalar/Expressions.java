package io.bitwright.c.scalar;

import io.bitwright.c.scalar.Expr.Level;
import io.bitwright.ir.scalar.Interval;
import io.bitwright.ir.scalar.LookupTable;
import io.bitwright.ir.scalar.Scalar.Value;
import java.util.function.Function;

/**
 * C expressions of scalar values: one exhaustive switch over the opcodes.
 *
 * <p>A value is computed in {@code int32_t} where its interval and its operands' fit, else in {@code int64_t}, so no
 * operation can overflow. Right shifts of negative values are arithmetic; the generated source asserts it.
 */
final class Expressions {
  private final Function<Value, Expr> operands;
  private final Function<LookupTable, String> tables;
  private final Intrinsics intrinsics;

  Expressions(Function<Value, Expr> operands, Function<LookupTable, String> tables, Intrinsics intrinsics) {
    this.operands = operands;
    this.tables = tables;
    this.intrinsics = intrinsics;
  }

  Expr of(Value v) {
    return switch (v.opcode()) {
      case INPUT -> Expr.atom(v.name(), CType.of(v));
      case CONST -> integer(v.immediate());
      case ADD -> sum(v, v.arg(1), "+", "-");
      case SUB -> sum(v, v.arg(1), "-", "+");
      case MUL -> product(v, "*", arg(v, 0), arg(v, 1));
      case SHL -> shiftLeft(v);
      case SHR -> shiftRight(v);
      case DIV -> product(v, "/", arg(v, 0), arg(v, 1));
      case MIN -> choose(v, "<");
      case MAX -> choose(v, ">");
      case LESS -> new Expr(arg(v, 0).within(Level.SUM) + " < " + arg(v, 1).within(Level.SUM), CType.INT32,
          Level.COMPARISON);
      case SELECT -> select(v);
      case CLZ -> Expr.atom(intrinsics.leadingZeros() + "((uint32_t)" + arg(v, 0).within(Level.ATOM) + ")",
          CType.INT32);
      case LOW_BITS -> lowBits(v);
      case LOOKUP -> Expr.atom(tables.apply(v.table()) + "[" + arg(v, 0).text() + "]", CType.of(v));
      case F_CONST -> new Expr(intrinsics.real(v.real()), CType.FLOAT, v.real() >= 0 ? Level.ATOM : Level.UNARY);
      case F_ADD -> real(v, "+", Level.SUM);
      case F_SUB -> real(v, "-", Level.SUM);
      case F_MUL -> real(v, "*", Level.PRODUCT);
      case F_DIV -> real(v, "/", Level.PRODUCT);
      case F_MIN -> choose(v, "<");
      case F_MAX -> choose(v, ">");
      case F_FROM_INT -> arg(v, 0).cast(CType.FLOAT);
      case F_TO_INT -> toInteger(v);
      case F_FROM_BITS -> Expr.atom(intrinsics.fromBits() + "((uint32_t)" + arg(v, 0).within(Level.ATOM) + ")",
          CType.FLOAT);
      case F_TO_BITS -> Expr.atom("(int32_t)" + intrinsics.toBits() + "(" + arg(v, 0).text() + ")", CType.INT32);
    };
  }

  private Expr arg(Value v, int index) {
    return operands.apply(v.arg(index));
  }

  private static Expr integer(long value) {
    boolean atom = value >= 0 || value == Integer.MIN_VALUE || value == Long.MIN_VALUE;
    return new Expr(Literals.integer(value), CType.computed(Interval.point(value)), atom ? Level.ATOM : Level.UNARY);
  }

  /** A sum or difference; a negative constant on the right turns the operator round. */
  private Expr sum(Value v, Value right, String operator, String opposite) {
    boolean turns = right.isConst() && right.immediate() < 0 && right.immediate() > Integer.MIN_VALUE;
    Expr b = turns ? integer(-right.immediate()) : arg(v, 1);
    return binary(v, turns ? opposite : operator, arg(v, 0), b, Level.SUM, Level.PRODUCT);
  }

  private static Expr product(Value v, String operator, Expr a, Expr b) {
    return binary(v, operator, a, b, Level.PRODUCT, Level.UNARY);
  }

  /** {@code a op b} computed in the widest of the operands' and the result's types. */
  private static Expr binary(Value v, String operator, Expr a, Expr b, Level level, Level right) {
    CType result = CType.of(v);
    boolean wide = result == CType.INT64 || a.isWide() || b.isWide();
    Expr left = wide && !a.isWide() && !b.isWide() ? a.cast(CType.INT64) : a;
    String text = left.within(level) + " " + operator + " " + b.within(right);
    return new Expr(text, wide ? CType.INT64 : CType.INT32, level).cast(result);
  }

  /** {@code a * 2^b}: a product, since a negative number must not be shifted left. */
  private Expr shiftLeft(Value v) {
    Value exponent = v.arg(1);
    if (exponent.isConst()) {
      return product(v, "*", arg(v, 0), integer(1L << exponent.immediate()));
    }
    CType type = exponent.interval().hi() < 31 ? CType.INT32 : CType.INT64;
    Expr power = new Expr("(" + type + ")1 << " + arg(v, 1).within(Level.UNARY), type, Level.BITS);
    boolean isOne = v.arg(0).isConst() && v.arg(0).immediate() == 1;
    return isOne ? power.cast(CType.of(v)) : product(v, "*", arg(v, 0), power);
  }

  private Expr shiftRight(Value v) {
    Expr a = arg(v, 0);
    Expr from = v.arg(1).interval().hi() > 31 ? a.cast(CType.INT64) : a;
    return new Expr(from.within(Level.UNARY) + " >> " + arg(v, 1).within(Level.UNARY), from.type(), Level.BITS)
        .cast(CType.of(v));
  }

  private Expr select(Value v) {
    Expr condition = arg(v, 0);
    String test = condition.level() == Level.COMPARISON ? condition.text() : condition.within(Level.UNARY) + " != 0";
    return new Expr(test + " ? " + arg(v, 1).within(Level.SUM) + " : " + arg(v, 2).within(Level.SUM), CType.of(v),
        Level.CHOICE);
  }

  private Expr lowBits(Value v) {
    long mask = (1L << v.immediate()) - 1;
    Expr a = arg(v, 0);
    boolean wide = a.isWide() || mask != (int) mask;
    return new Expr(a.within(Level.UNARY) + " & " + Literals.integer(mask), wide ? CType.INT64 : CType.INT32,
        Level.BITS).cast(CType.of(v));
  }

  private Expr choose(Value v, String comparison) {
    Expr a = arg(v, 0);
    Expr b = arg(v, 1);
    CType type = v.isReal() ? CType.FLOAT : a.isWide() || b.isWide() ? CType.INT64 : CType.INT32;
    String left = a.within(Level.UNARY);
    String right = b.within(Level.UNARY);
    return new Expr(left + " " + comparison + " " + right + " ? " + left + " : " + right, type, Level.CHOICE)
        .cast(CType.of(v));
  }

  private Expr real(Value v, String operator, Level level) {
    Level right = level == Level.SUM ? Level.PRODUCT : Level.UNARY;
    return new Expr(arg(v, 0).within(level) + " " + operator + " " + arg(v, 1).within(right), CType.FLOAT, level);
  }

  /** Compares as float, as the definition does: a bound is rounded to the nearest float first. */
  private Expr toInteger(Value v) {
    String a = arg(v, 0).within(Level.ATOM);
    long lo = v.interval().lo();
    long hi = v.interval().hi();
    String text = "!(" + a + " >= " + Literals.real(lo) + ") ? " + Literals.integer(lo) + " : " + a + " >= "
        + Literals.real(hi) + " ? " + Literals.integer(hi) + " : (int32_t)" + a;
    return new Expr(text, CType.INT32, Level.CHOICE);
  }
}
