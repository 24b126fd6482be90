package io.bitwright.dataflow;

import io.bitwright.ir.scalar.Opcode;
import io.bitwright.ir.scalar.Scalar;
import java.util.HashMap;
import java.util.Map;

/**
 * Cuts a scalar program into clock cycles. A value is ready in some cycle after its inputs, either at a register's output
 * (depth 0) or behind so many units of logic.
 *
 * <p>A multiplication or a division by a constant takes its operands into registers and gives its result from a register, two
 * cycles later. A look-up is a memory read: one cycle. Everything else is logic of one unit, a shift by a varying amount and
 * leading zeros of two; a register is set before a value that would come to more than {@link #UNITS} units.
 */
public final class ScalarPipeline {
  /** Units of logic between two registers. */
  public static final int UNITS = 3;

  /**
   * When a value is there.
   *
   * @param cycle  cycles after the inputs
   * @param depth  units of logic behind that cycle's registers
   */
  public record Timing(int cycle, int depth) {}

  private final Map<Scalar.Value, Timing> timings = new HashMap<>();
  private final int latency;

  private ScalarPipeline(Scalar program) {
    program.values().forEach(v -> timings.put(v, timing(v)));
    int last = 0;
    for (Scalar.Value result : program.results()) {
      Timing timing = timings.get(result);
      last = Math.max(last, timing.cycle() + (timing.depth() > 0 ? 1 : 0));
    }
    latency = last;
  }

  public static ScalarPipeline of(Scalar program) {
    return new ScalarPipeline(program);
  }

  /** Cycles from inputs to results, all of them registered; 0 where every result is an input or a constant. */
  public int latencyCycles() {
    return latency;
  }

  public Timing at(Scalar.Value value) {
    return timings.get(value);
  }

  private Timing timing(Scalar.Value value) {
    if (value.isConst() || value.opcode() == Opcode.INPUT) {
      return new Timing(0, 0);
    }
    int cycle = value.args().stream().mapToInt(a -> timings.get(a).cycle()).max().orElse(0);
    int depth = 0;
    for (Scalar.Value arg : value.args()) {
      Timing timing = timings.get(arg);
      depth = timing.cycle() == cycle ? Math.max(depth, timing.depth()) : depth;
    }
    int units = units(value);
    if (units == 0) {
      return new Timing(cycle + registers(value), 0);
    }
    return depth + units > UNITS ? new Timing(cycle + 1, units) : new Timing(cycle, depth + units);
  }

  private static int registers(Scalar.Value value) {
    return value.opcode() == Opcode.LOOKUP ? 1 : 2;
  }

  /** 0 for what ends in a register of its own. */
  private static int units(Scalar.Value value) {
    return switch (value.opcode()) {
      case MUL, DIV, LOOKUP -> 0;
      case SHL, SHR -> value.arg(1).isConst() ? 1 : 2;
      case CLZ -> 2;
      default -> 1;
    };
  }
}
