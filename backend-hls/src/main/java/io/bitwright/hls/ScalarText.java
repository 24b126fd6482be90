package io.bitwright.hls;

import io.bitwright.ir.scalar.Interval;
import io.bitwright.ir.scalar.LookupTable;
import io.bitwright.ir.scalar.Opcode;
import io.bitwright.ir.scalar.Scalar;
import io.bitwright.ir.scalar.Scalar.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A scalar program as statements of HLS C++: one {@code ap_int} of exactly the needed width a value. f32 is refused.
 *
 * @param statements  declarations in order
 * @param results  the expression of each result
 * @param tables  constant arrays the statements index
 */
public record ScalarText(List<String> statements, List<String> results, List<Table> tables) {
  /**
   * A constant array; {@code name} is unique within the prefix given to {@link #of}.
   *
   * @param byChannel  whether it is looked up by the input {@code channel} only
   */
  public record Table(String name, int bits, List<Long> entries, boolean byChannel) {
    /** The narrowest built-in type. An array of them is constant data to every compiler; one of a class may not be. */
    public String type() {
      return bits <= 8 ? "signed char" : bits <= 16 ? "short" : bits <= 32 ? "int" : "long long";
    }
  }

  public ScalarText {
    statements = List.copyOf(statements);
    results = List.copyOf(results);
    tables = List.copyOf(tables);
  }

  /** The expression of the only result. */
  public String result() {
    if (results.size() != 1) {
      throw new IllegalStateException(results.size() + " results");
    }
    return results.get(0);
  }

  /**
   * Renders; inputs keep their names.
   *
   * @param prefix  put before the names of tables
   */
  public static ScalarText of(Scalar program, String prefix) {
    List<LookupTable> lookups = program.tables();
    List<Table> tables = new ArrayList<>();
    for (int i = 0; i < lookups.size(); i++) {
      LookupTable t = lookups.get(i);
      List<Long> entries = Arrays.stream(t.entries()).boxed().toList();
      boolean taken = lookups.subList(0, i).stream().anyMatch(l -> l.name().equals(t.name()));
      tables.add(new Table(prefix + t.name() + (taken ? i : ""), t.interval().signedBits(), entries,
          program.values().stream().filter(v -> v.opcode() == Opcode.LOOKUP && v.table().equals(t))
              .allMatch(v -> v.arg(0).opcode() == Opcode.INPUT && v.arg(0).name().equals("channel"))));
    }
    List<String> statements = new ArrayList<>();
    for (Value v : program.values()) {
      switch (v.opcode()) {
        case INPUT, CONST -> { }
        default -> statements.add(
            "const " + type(v.interval()) + " t" + v.id() + " = " + expression(v, lookups, tables) + ";");
      }
    }
    return new ScalarText(statements, program.results().stream().map(ScalarText::name).toList(), tables);
  }

  /** The type that holds an interval. */
  static String type(Interval interval) {
    return "ap_int<" + interval.signedBits() + ">";
  }

  private static String expression(Value v, List<LookupTable> lookups, List<Table> tables) {
    return switch (v.opcode()) {
      case INPUT, CONST -> throw new IllegalStateException(v.opcode() + " is no statement");
      case ADD -> a(v, 0) + " + " + a(v, 1);
      case SUB -> a(v, 0) + " - " + a(v, 1);
      case MUL -> a(v, 0) + " * " + a(v, 1);
      case SHL -> type(v.interval()) + "(" + a(v, 0) + ") << " + amount(v);
      case SHR -> a(v, 0) + " >> " + amount(v);
      case DIV -> a(v, 0) + " / " + a(v, 1);
      case MIN -> choice(v, a(v, 0) + " < " + a(v, 1), a(v, 0), a(v, 1));
      case MAX -> choice(v, a(v, 1) + " < " + a(v, 0), a(v, 0), a(v, 1));
      case LESS -> a(v, 0) + " < " + a(v, 1);
      case SELECT -> choice(v, a(v, 0) + " != 0", a(v, 1), a(v, 2));
      case CLZ -> "bw_leading_zeros32(" + a(v, 0) + ")";
      case LOW_BITS -> "bw_low_bits<" + v.immediate() + ">(" + a(v, 0) + ")";
      case LOOKUP -> tables.get(lookups.indexOf(v.table())).name() + "[int(" + a(v, 0) + ")]";
      case F_CONST, F_ADD, F_SUB, F_MUL, F_DIV, F_MIN, F_MAX, F_FROM_INT, F_TO_INT, F_FROM_BITS,
          F_TO_BITS ->
          throw new IllegalArgumentException("f32 is not rendered in HLS");
    };
  }

  private static String choice(Value v, String condition, String yes, String no) {
    String type = type(v.interval());
    return "(" + condition + ") ? " + type + "(" + yes + ") : " + type + "(" + no + ")";
  }

  private static String a(Value v, int index) {
    return name(v.arg(index));
  }

  private static String amount(Value v) {
    return v.arg(1).isConst() ? String.valueOf(v.arg(1).immediate()) : "int(" + name(v.arg(1)) + ")";
  }

  private static String name(Value v) {
    return switch (v.opcode()) {
      case INPUT -> v.name();
      case CONST -> type(v.interval()) + "(" + literal(v.immediate()) + ")";
      default -> "t" + v.id();
    };
  }

  /** C++ has no negative literals: the least 64-bit number is written as a difference. */
  private static String literal(long value) {
    if (value == Long.MIN_VALUE) {
      return (value + 1) + "LL - 1";
    }
    return value + (value == (int) value && value != Integer.MIN_VALUE ? "" : "LL");
  }
}
