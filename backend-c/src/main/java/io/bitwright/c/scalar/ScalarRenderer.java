package io.bitwright.c.scalar;

import io.bitwright.c.scalar.Expr.Level;
import io.bitwright.ir.scalar.LookupTable;
import io.bitwright.ir.scalar.Scalar;
import io.bitwright.ir.scalar.Scalar.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Renders a scalar program as a C function: names values, orders statements, collects tables. */
public final class ScalarRenderer {
  private static final int LONGEST_INLINED = 44;

  private final FunctionNames names;
  private final Scalar program;
  private final Expressions expressions;
  private final Map<Value, Expr> rendered = new HashMap<>();
  private final Map<Value, Integer> uses = new HashMap<>();
  private final Map<LookupTable, ScalarFunction.TableArray> tables = new LinkedHashMap<>();
  private final List<String> statements = new ArrayList<>();
  private int locals;

  private ScalarRenderer(FunctionNames names, Scalar program, Intrinsics intrinsics) {
    this.names = names;
    this.program = program;
    this.expressions = new Expressions(rendered::get, table -> tables.get(table).name(), intrinsics);
  }

  /**
   * Renders a program with one or more results.
   *
   * @param result  the type that a single result is returned in; its interval must fit
   * @param intrinsics  notes the small functions that the text needs
   */
  public static ScalarFunction render(FunctionNames names, Scalar program, CType result, Intrinsics intrinsics) {
    return new ScalarRenderer(names, program, intrinsics).function(result);
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
      rendered.put(v, keep(v, expressions.of(v)));
    }
    List<ScalarFunction.TableArray> arrays = List.copyOf(tables.values());
    if (program.results().size() == 1) {
      Value value = program.result();
      CType returned = value.isReal() ? CType.FLOAT : resultType;
      return new ScalarFunction(names.function(), returned.text(), parameters, used, arrays, statements,
          rendered.get(value).cast(returned).text());
    }
    for (int i = 0; i < program.results().size(); i++) {
      Value value = program.results().get(i);
      parameters.add(CType.of(value) + " *result" + i);
      statements.add("*result" + i + " = " + rendered.get(value).text() + ";");
    }
    return new ScalarFunction(names.function(), "void", parameters, used, arrays, statements, "");
  }

  private void addTable(LookupTable table) {
    List<String> entries = new ArrayList<>();
    for (long entry : table.entries()) {
      entries.add(Literals.entry(entry));
    }
    tables.put(table, new ScalarFunction.TableArray(CType.narrowest(table.interval()),
        names.tables().apply(table.name()), table.size(), Rows.of(entries)));
  }

  /** Gives a value a name where its text is long or used more than once. */
  private Expr keep(Value v, Expr expr) {
    boolean named = !v.isConst() && expr.level() != Level.ATOM
        && (uses.getOrDefault(v, 0) > 1 || expr.text().length() > LONGEST_INLINED || isReadTwice(v))
        || v.opcode() == io.bitwright.ir.scalar.Opcode.LOOKUP && uses.getOrDefault(v, 0) > 1;
    if (!named) {
      return expr;
    }
    String local = "t" + locals++;
    statements.add("const " + expr.type() + " " + local + " = " + expr.text() + ";");
    return Expr.atom(local, expr.type());
  }

  private boolean isReadTwice(Value v) {
    return program.values().stream().filter(u -> u.args().contains(v)).anyMatch(u -> switch (u.opcode()) {
      case MIN, MAX, F_MIN, F_MAX, F_TO_INT -> true;
      default -> false;
    });
  }
}
