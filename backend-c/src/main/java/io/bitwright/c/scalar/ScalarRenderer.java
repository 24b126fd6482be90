package io.bitwright.c.scalar;

import io.bitwright.ir.scalar.Interval;
import io.bitwright.ir.scalar.LookupTable;
import io.bitwright.ir.scalar.Scalar;
import io.bitwright.ir.scalar.Scalar.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Renders scalar programs as C functions: one exhaustive switch over the opcodes.
 *
 * <p>A value is computed in {@code int32_t} where its interval and its operands' fit, else in {@code int64_t}, so no
 * operation can overflow. Right shifts of negative values are arithmetic; the generated source asserts it.
 */
public final class ScalarRenderer {
  private static final int LONGEST_INLINED = 44;

  /** An expression; an atom needs no parentheses. */
  private record Expr(String text, CType type, boolean atom) {
    String operand() {
      return atom ? text : "(" + text + ")";
    }

    Expr cast(CType to) {
      return to == type ? this : new Expr("(" + to + ")" + operand(), to, false);
    }
  }

  private final String name;
  private final Scalar program;
  private final Intrinsics intrinsics;
  private final Map<Value, Expr> rendered = new HashMap<>();
  private final Map<Value, Integer> uses = new HashMap<>();
  private final Map<LookupTable, ScalarFunction.TableArray> tables = new LinkedHashMap<>();
  private final List<String> statements = new ArrayList<>();

  private ScalarRenderer(String name, Scalar program, Intrinsics intrinsics) {
    this.name = name;
    this.program = program;
    this.intrinsics = intrinsics;
  }

  /**
   * Renders a program with one or more results.
   *
   * @param name  the C function's name
   * @param result  the type that a single result is returned in; its interval must fit
   * @param intrinsics  notes the small functions that the text needs
   */
  public static ScalarFunction render(String name, Scalar program, CType result, Intrinsics intrinsics) {
    return new ScalarRenderer(name, program, intrinsics).function(result);
  }

  private ScalarFunction function(CType resultType) {
    program.values().forEach(v -> v.args().forEach(a -> uses.merge(a, 1, Integer::sum)));
    program.results().forEach(v -> uses.merge(v, 1, Integer::sum));
    program.tables().forEach(this::addTable);
    List<String> parameters = new ArrayList<>();
    List<Boolean> used = new ArrayList<>();
    for (int i = 0; i < program.inputs().size(); i++) {
      used.add(program.uses(i));
      if (program.uses(i)) {
        Value input = program.inputs().get(i);
        parameters.add(CType.of(input) + " " + input.name());
      }
    }
    for (Value v : program.values()) {
      rendered.put(v, keep(v, expression(v)));
    }
    if (program.results().size() == 1) {
      Value value = program.result();
      String returned = rendered.get(value).cast(value.isReal() ? CType.FLOAT : resultType).text();
      return new ScalarFunction(name, returnType(value, resultType), parameters, used, tables(), statements, returned);
    }
    for (int i = 0; i < program.results().size(); i++) {
      Value value = program.results().get(i);
      parameters.add(CType.of(value) + " *result" + i);
      statements.add("*result" + i + " = " + rendered.get(value).text() + ";");
    }
    return new ScalarFunction(name, "void", parameters, used, tables(), statements, "");
  }

  private static String returnType(Value value, CType asked) {
    return value.isReal() ? CType.FLOAT.text() : asked.text();
  }

  private List<ScalarFunction.TableArray> tables() {
    return List.copyOf(tables.values());
  }

  private void addTable(LookupTable table) {
    String tableName = name + "_" + table.name();
    boolean taken = tables.values().stream().anyMatch(t -> t.name().equals(tableName));
    List<String> entries = new ArrayList<>();
    for (long entry : table.entries()) {
      entries.add(Literals.entry(entry));
    }
    tables.put(table, new ScalarFunction.TableArray(CType.narrowest(table.interval()).text(),
        taken ? tableName + tables.size() : tableName, table.size(), Rows.of(entries)));
  }

  /** Gives a value a name where its text is long or used more than once. */
  private Expr keep(Value v, Expr expr) {
    boolean named = !v.isConst() && !expr.atom()
        && (uses.getOrDefault(v, 0) > 1 || expr.text().length() > LONGEST_INLINED || readTwice(v));
    return named ? named(v, expr) : expr;
  }

  private boolean readTwice(Value v) {
    return program.values().stream().filter(u -> u.args().contains(v)).anyMatch(u -> switch (u.opcode()) {
      case MIN, MAX, F_MIN, F_MAX, F_TO_INT -> true;
      default -> false;
    });
  }

  private Expr named(Value v, Expr expr) {
    String local = "t" + v.id();
    statements.add("const " + expr.type() + " " + local + " = " + expr.text() + ";");
    return new Expr(local, expr.type(), true);
  }

  private Expr expression(Value v) {
    return switch (v.opcode()) {
      case INPUT -> new Expr(v.name(), CType.of(v), true);
      case CONST -> integer(v.immediate());
      case ADD -> arithmetic(v, "+", arg(v, 0), arg(v, 1));
      case SUB -> arithmetic(v, "-", arg(v, 0), arg(v, 1));
      case MUL -> arithmetic(v, "*", arg(v, 0), arg(v, 1));
      case SHL -> arithmetic(v, "*", arg(v, 0), powerOfTwo(v, v.arg(1)));
      case SHR -> shiftRight(v);
      case DIV -> arithmetic(v, "/", arg(v, 0), arg(v, 1));
      case MIN -> choose(v, "<");
      case MAX -> choose(v, ">");
      case LESS -> new Expr(arg(v, 0).operand() + " < " + arg(v, 1).operand(), CType.INT32, false);
      case SELECT -> new Expr(arg(v, 0).operand() + " != 0 ? " + arg(v, 1).operand() + " : " + arg(v, 2).operand(),
          CType.of(v), false);
      case CLZ -> new Expr(intrinsics.leadingZeros() + "((uint32_t)" + arg(v, 0).operand() + ")", CType.INT32, true);
      case LOW_BITS -> lowBits(v);
      case LOOKUP -> new Expr(tables.get(v.table()).name() + "[" + arg(v, 0).text() + "]", CType.of(v), true);
      case F_CONST -> new Expr(intrinsics.real(v.real()), CType.FLOAT, v.real() >= 0);
      case F_ADD -> real(v, "+");
      case F_SUB -> real(v, "-");
      case F_MUL -> real(v, "*");
      case F_DIV -> real(v, "/");
      case F_MIN -> choose(v, "<");
      case F_MAX -> choose(v, ">");
      case F_FROM_INT -> arg(v, 0).cast(CType.FLOAT);
      case F_TO_INT -> toInteger(v);
      case F_FROM_BITS -> new Expr(intrinsics.fromBits() + "((uint32_t)" + arg(v, 0).operand() + ")", CType.FLOAT, true);
    };
  }

  private Expr arg(Value v, int index) {
    return rendered.get(v.arg(index));
  }

  private static Expr integer(long value) {
    CType type = CType.computed(Interval.point(value));
    return new Expr(Literals.integer(value), type, value >= 0 || value == Integer.MIN_VALUE);
  }

  /** {@code a op b} computed in the widest of the operands' and the result's types. */
  private static Expr arithmetic(Value v, String operator, Expr a, Expr b) {
    CType result = CType.of(v);
    boolean wide = result == CType.INT64 || a.type() == CType.INT64 || b.type() == CType.INT64;
    boolean widen = wide && a.type() != CType.INT64 && b.type() != CType.INT64;
    Expr left = widen ? a.cast(CType.INT64) : a;
    String text = (widen ? left.text() : left.operand()) + " " + operator + " " + b.operand();
    return new Expr(text, wide ? CType.INT64 : CType.INT32, false).cast(result);
  }

  private Expr powerOfTwo(Value shift, Value exponent) {
    if (exponent.isConst()) {
      return integer(1L << exponent.immediate());
    }
    CType type = exponent.interval().hi() < 31 ? CType.INT32 : CType.INT64;
    return new Expr("((" + type + ")1 << " + rendered.get(exponent).operand() + ")", type, true);
  }

  private Expr shiftRight(Value v) {
    Expr a = arg(v, 0);
    boolean far = v.arg(1).interval().hi() > 31 && a.type() == CType.INT32;
    Expr from = far ? a.cast(CType.INT64) : a;
    return new Expr((far ? from.text() : from.operand()) + " >> " + arg(v, 1).operand(), from.type(), false)
        .cast(CType.of(v));
  }

  private Expr lowBits(Value v) {
    long mask = (1L << v.immediate()) - 1;
    Expr a = arg(v, 0);
    boolean wide = a.type() == CType.INT64 || mask != (int) mask;
    return new Expr(a.operand() + " & " + Literals.integer(mask), wide ? CType.INT64 : CType.INT32, false)
        .cast(CType.of(v));
  }

  private Expr choose(Value v, String comparison) {
    String a = arg(v, 0).operand();
    String b = arg(v, 1).operand();
    boolean wide = arg(v, 0).type() == CType.INT64 || arg(v, 1).type() == CType.INT64;
    CType type = v.isReal() ? CType.FLOAT : wide ? CType.INT64 : CType.INT32;
    return new Expr(a + " " + comparison + " " + b + " ? " + a + " : " + b, type, false).cast(CType.of(v));
  }

  private Expr real(Value v, String operator) {
    return new Expr(arg(v, 0).operand() + " " + operator + " " + arg(v, 1).operand(), CType.FLOAT, false);
  }

  /** Compares as float, as the definition does: a bound is rounded to the nearest float first. */
  private Expr toInteger(Value v) {
    String a = arg(v, 0).operand();
    long lo = v.interval().lo();
    long hi = v.interval().hi();
    String text = "!(" + a + " >= " + Literals.real((float) lo) + ") ? " + Literals.integer(lo) + " : " + a + " >= "
        + Literals.real((float) hi) + " ? " + Literals.integer(hi) + " : (int32_t)" + a;
    return new Expr(text, CType.INT32, false);
  }
}
