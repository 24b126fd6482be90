package io.bitwright.c.scalar;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A scalar program as a C function. Template {@code ScalarFunction.ftl}.
 *
 * @param result  type returned: {@code void} where there are several results, which then go through pointers
 * @param parameters  declarations of the inputs that are used, then of the result pointers
 * @param used  by input whether it is a parameter
 * @param returns  the expression returned; empty where there are several results
 */
public record ScalarFunction(String name, String result, List<String> parameters, List<Boolean> used,
    List<TableArray> tables, List<String> statements, String returns) {
  /** A constant array that the function reads. */
  public record TableArray(CType type, String name, int length, List<String> rows) {
    public int sizeBytes() {
      return length * type.sizeBytes();
    }
  }

  public ScalarFunction {
    parameters = List.copyOf(parameters);
    used = List.copyOf(used);
    tables = List.copyOf(tables);
    statements = List.copyOf(statements);
  }

  /** A call with an argument for each input, of which those used are passed, and then result pointers. */
  public String call(List<String> arguments, String... pointers) {
    List<String> passed = IntStream.range(0, used.size()).filter(used::get).mapToObj(arguments::get)
        .collect(Collectors.toList());
    passed.addAll(List.of(pointers));
    return name + "(" + String.join(", ", passed) + ")";
  }

  /** All parameters, {@code void} for none. */
  public String parameterList() {
    return parameters.isEmpty() ? "void" : String.join(", ", parameters);
  }

  public boolean returnsValue() {
    return !returns.isEmpty();
  }
}
