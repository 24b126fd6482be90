package io.bitwright.ir.scalar;

import io.bitwright.ir.scalar.Scalar.Kind;
import io.bitwright.ir.scalar.Scalar.Payload;
import io.bitwright.ir.scalar.Scalar.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Builds scalar programs. Equal values are shared, constants folded and operations that change nothing left out.
 *
 * <p>Every method throws {@link ScalarOverflowException} where a result could leave 64 bits.
 */
public final class ScalarBuilder {
  private record Key(Opcode opcode, List<Integer> args, Payload payload, Interval interval) {}

  private final List<Value> inputs = new ArrayList<>();
  private final List<Value> values = new ArrayList<>();
  private final Map<Key, Value> known = new HashMap<>();

  /** An integer input. */
  public Value input(String name, Interval interval) {
    return addInput(name, Kind.INT, interval);
  }

  /** An f32 input. */
  public Value realInput(String name) {
    return addInput(name, Kind.F32, Interval.point(0));
  }

  private Value addInput(String name, Kind kind, Interval interval) {
    Payload payload = new Payload(0, 0, null, name);
    Value value = new Value(values.size(), Opcode.INPUT, kind, List.of(), payload, interval);
    values.add(value);
    inputs.add(value);
    return value;
  }

  public Value constant(long value) {
    return add(Opcode.CONST, Kind.INT, List.of(), Payload.integer(value), Interval.point(value));
  }

  public Value real(float value) {
    return add(Opcode.F_CONST, Kind.F32, List.of(), new Payload(0, value, null, ""), Interval.point(0));
  }

  public Value add(Value a, Value b) {
    if (isZero(a)) {
      return b;
    }
    return isZero(b) ? a : binary(Opcode.ADD, a, b, a.interval().plus(b.interval()));
  }

  public Value add(Value a, long b) {
    return add(a, constant(b));
  }

  public Value sub(Value a, Value b) {
    return isZero(b) ? a : binary(Opcode.SUB, a, b, a.interval().minus(b.interval()));
  }

  public Value mul(Value a, Value b) {
    if (isPoint(a, 1)) {
      return b;
    }
    return isPoint(b, 1) ? a : binary(Opcode.MUL, a, b, a.interval().times(b.interval()));
  }

  /** {@code a * 2^b}. */
  public Value shl(Value a, Value b) {
    return isZero(b) ? a : binary(Opcode.SHL, a, b, a.interval().shiftLeft(b.interval()));
  }

  /** {@code floor(a / 2^b)}. */
  public Value shr(Value a, Value b) {
    return isZero(b) ? a : binary(Opcode.SHR, a, b, a.interval().shiftRight(b.interval()));
  }

  /** {@code a / b} truncated toward zero; b positive. */
  public Value div(Value a, Value b) {
    return isPoint(b, 1) ? a : binary(Opcode.DIV, a, b, a.interval().dividedBy(b.interval()));
  }

  public Value min(Value a, Value b) {
    if (a.interval().hi() <= b.interval().lo()) {
      return a;
    }
    return b.interval().hi() <= a.interval().lo() ? b : binary(Opcode.MIN, a, b, a.interval().min(b.interval()));
  }

  public Value max(Value a, Value b) {
    if (a.interval().lo() >= b.interval().hi()) {
      return a;
    }
    return b.interval().lo() >= a.interval().hi() ? b : binary(Opcode.MAX, a, b, a.interval().max(b.interval()));
  }

  public Value clamp(Value a, long lo, long hi) {
    return min(max(a, constant(lo)), constant(hi));
  }

  /** 1 where {@code a < b}, else 0. */
  public Value less(Value a, Value b) {
    if (a.isReal()) {
      return node(Opcode.LESS, Kind.INT, List.of(a, b), Payload.NONE, Interval.of(0, 1));
    }
    if (a.interval().hi() < b.interval().lo()) {
      return constant(1);
    }
    return a.interval().lo() >= b.interval().hi() ? constant(0) : binary(Opcode.LESS, a, b, Interval.of(0, 1));
  }

  /** {@code condition != 0 ? a : b}. */
  public Value select(Value condition, Value a, Value b) {
    if (!condition.interval().contains(0)) {
      return a;
    }
    if (a == b || isZero(condition)) {
      return b;
    }
    Interval interval = a.isReal() ? Interval.point(0) : a.interval().union(b.interval());
    return node(Opcode.SELECT, a.kind(), List.of(condition, a, b), Payload.NONE, interval);
  }

  /** Leading zeros in 32 bits of a value in [1, 2^32). */
  public Value clz(Value a) {
    if (a.interval().lo() < 1 || a.interval().hi() >= 1L << 32) {
      throw new IllegalArgumentException("clz of " + a.interval());
    }
    Interval result = Interval.of(clz32(a.interval().hi()), clz32(a.interval().lo()));
    return node(Opcode.CLZ, Kind.INT, List.of(a), Payload.NONE, result);
  }

  /** The lowest bits as a non-negative number; {@code bits} in [1, 62]. */
  public Value lowBits(Value a, int bits) {
    Interval result = Interval.of(0, (1L << bits) - 1);
    return a.interval().within(result) ? a : node(Opcode.LOW_BITS, Kind.INT, List.of(a), Payload.integer(bits), result);
  }

  /** An entry of a table; the index lies within it. A table of equal entries is a constant. */
  public Value lookup(LookupTable table, Value index) {
    if (!index.interval().within(Interval.of(0, table.size() - 1L))) {
      throw new IllegalArgumentException("index " + index.interval() + " outside of " + table.name());
    }
    if (table.interval().isPoint()) {
      return constant(table.entry(0));
    }
    return node(Opcode.LOOKUP, Kind.INT, List.of(index), new Payload(0, 0, table, ""), table.interval());
  }

  public Value realAdd(Value a, Value b) {
    return real(Opcode.F_ADD, a, b);
  }

  public Value realSub(Value a, Value b) {
    return real(Opcode.F_SUB, a, b);
  }

  public Value realMul(Value a, Value b) {
    return real(Opcode.F_MUL, a, b);
  }

  public Value realDiv(Value a, Value b) {
    return real(Opcode.F_DIV, a, b);
  }

  /** {@code a < b ? a : b}. */
  public Value realMin(Value a, Value b) {
    return real(Opcode.F_MIN, a, b);
  }

  /** {@code a > b ? a : b}. */
  public Value realMax(Value a, Value b) {
    return real(Opcode.F_MAX, a, b);
  }

  public Value fromInt(Value a) {
    if (!a.interval().within(Interval.INT32)) {
      throw new IllegalArgumentException("conversion of " + a.interval() + " to f32");
    }
    return real(Opcode.F_FROM_INT, a);
  }

  /** Toward zero, limited to an interval of at most 32 bits. */
  public Value toInt(Value a, Interval limits) {
    if (!limits.within(Interval.INT32)) {
      throw new IllegalArgumentException("limits " + limits);
    }
    return node(Opcode.F_TO_INT, Kind.INT, List.of(a), Payload.NONE, limits);
  }

  /** The f32 of a bit pattern in [0, 2^31). */
  public Value fromBits(Value a) {
    if (!a.interval().within(Interval.of(0, Integer.MAX_VALUE))) {
      throw new IllegalArgumentException("pattern " + a.interval());
    }
    return real(Opcode.F_FROM_BITS, a);
  }

  /** The bit pattern of an f32 without its sign; which of the patterns a NaN gives is not defined. */
  public Value toBits(Value a) {
    return node(Opcode.F_TO_BITS, Kind.INT, List.of(a), Payload.NONE, Interval.of(0, Integer.MAX_VALUE));
  }

  /** The program that computes the results; values that no result needs are dropped. */
  public Scalar build(Value... results) {
    Set<Value> needed = new HashSet<>(inputs);
    needed.addAll(List.of(results));
    for (int i = values.size() - 1; i >= 0; i--) {
      if (needed.contains(values.get(i))) {
        needed.addAll(values.get(i).args());
      }
    }
    Map<Value, Value> renumbered = new HashMap<>();
    List<Value> kept = new ArrayList<>();
    for (Value v : values) {
      if (needed.contains(v)) {
        Value copy = new Value(kept.size(), v.opcode(), v.kind(), v.args().stream().map(renumbered::get).toList(),
            payloadOf(v), v.isReal() ? Interval.point(0) : v.interval());
        renumbered.put(v, copy);
        kept.add(copy);
      }
    }
    return new Scalar(inputs.stream().map(renumbered::get).toList(), kept,
        List.of(results).stream().map(renumbered::get).toList());
  }

  private static Payload payloadOf(Value v) {
    LookupTable table = v.opcode() == Opcode.LOOKUP ? v.table() : null;
    return new Payload(v.immediate(), v.real(), table, v.name());
  }

  private Value binary(Opcode opcode, Value a, Value b, Interval interval) {
    return node(opcode, Kind.INT, List.of(a, b), Payload.NONE, interval);
  }

  private Value real(Opcode opcode, Value... args) {
    return node(opcode, Kind.F32, List.of(args), Payload.NONE, Interval.point(0));
  }

  private Value node(Opcode opcode, Kind kind, List<Value> args, Payload payload, Interval interval) {
    boolean folds = kind == Kind.INT && args.stream().allMatch(a -> a.opcode() == Opcode.CONST);
    if (folds) {
      long[] operands = args.stream().mapToLong(Value::immediate).toArray();
      return constant(ScalarEvaluator.evaluate(opcode, operands, payload));
    }
    return add(opcode, kind, args, payload, interval);
  }

  private Value add(Opcode opcode, Kind kind, List<Value> args, Payload payload, Interval interval) {
    Key key = new Key(opcode, args.stream().map(Value::id).toList(), payload, interval);
    return known.computeIfAbsent(key, k -> {
      Value value = new Value(values.size(), opcode, kind, args, payload, interval);
      values.add(value);
      return value;
    });
  }

  private static boolean isZero(Value v) {
    return isPoint(v, 0);
  }

  private static boolean isPoint(Value v, long point) {
    return v.opcode() == Opcode.CONST && v.immediate() == point;
  }

  private static int clz32(long v) {
    return Integer.numberOfLeadingZeros((int) v);
  }
}
