package io.bitwright.tracer;

import io.bitwright.ir.scalar.Interval;
import io.bitwright.ir.scalar.LookupTable;
import io.bitwright.ir.scalar.Scalar.Value;
import io.bitwright.ir.scalar.ScalarBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Every integer opcode on inputs of several ranges, with operands constant and not. */
final class OpcodeCases {
  private static final List<Interval> RANGES = List.of(Interval.INT8, Interval.of(3, 1000), Interval.INT32,
      Interval.of(-(1L << 40), 7), Interval.of(-9, -2), Interval.of(0, 0));

  private OpcodeCases() {}

  static ScalarGroup group() {
    List<ScalarCase> cases = new ArrayList<>();
    for (int i = 0; i < RANGES.size(); i++) {
      cases.add(all(RANGES.get(i), RANGES.get((i + 1) % RANGES.size())));
    }
    cases.add(clz());
    cases.add(widest());
    return new ScalarGroup("opcodes", cases);
  }

  /** All operations on two inputs; an operation that could leave 64 bits works on 20 bits of them instead. */
  private static ScalarCase all(Interval left, Interval right) {
    ScalarBuilder b = new ScalarBuilder();
    Value x = b.input("x", left);
    Value y = b.input("y", right);
    Value small = b.sub(b.lowBits(y, 20), b.constant(1 << 19));
    Value shift = b.lowBits(x, 5);
    LookupTable table = new LookupTable("table", new Random(3).longs(37, -5000, 70000).toArray());
    Value divisor = b.add(b.lowBits(y, 9), 1);
    return ScalarCase.of(left + " and " + right, b.build(
        b.add(x, y), b.sub(x, y), b.mul(b.clamp(x, -70000, 1 << 30), small),
        b.shl(small, shift), b.shl(small, b.constant(17)),
        b.shr(y, shift), b.shr(x, b.constant(9)), b.shr(x, b.constant(63)),
        b.div(x, b.constant(49)), b.div(y, b.constant(1 << 20)), b.div(x, b.constant(65537)), b.div(x, divisor),
        b.min(x, y), b.max(x, y), b.less(x, y), b.select(x, small, y), b.lowBits(x, 13), b.lowBits(y, 50),
        b.lookup(table, b.min(b.lowBits(x, 6), b.constant(36))), b.clamp(x, -100, 100)));
  }

  private static ScalarCase clz() {
    ScalarBuilder b = new ScalarBuilder();
    return ScalarCase.of("clz", b.build(b.clz(b.input("x", Interval.of(1, (1L << 32) - 1)))));
  }

  private static ScalarCase widest() {
    ScalarBuilder b = new ScalarBuilder();
    Value x = b.input("x", Interval.of(Long.MIN_VALUE, Long.MAX_VALUE));
    Value y = b.input("y", Interval.of(1, Long.MAX_VALUE));
    return ScalarCase.of("widest", b.build(
        b.shr(x, b.lowBits(y, 6)), b.less(x, y), b.min(x, y), b.max(x, y), b.div(x, b.constant(3)), b.div(x, y),
        b.select(x, y, x), b.lowBits(x, 62), b.div(x, b.constant(Long.MAX_VALUE)),
        b.max(x, b.constant(Long.MIN_VALUE + 1)), b.select(b.lowBits(x, 1), b.constant(Long.MIN_VALUE), y)));
  }
}
