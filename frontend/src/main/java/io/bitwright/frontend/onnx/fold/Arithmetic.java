package io.bitwright.frontend.onnx.fold;

import io.bitwright.frontend.onnx.proto.DataType;
import io.bitwright.frontend.onnx.proto.Limits;
import io.bitwright.frontend.onnx.tensor.Array;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/** Element-wise arithmetic of constants: integers in 64 bits, reals rounded to float32. */
final class Arithmetic {
  /** A function of two elements. */
  enum Binary {
    ADD,
    SUB,
    MUL,
    DIV,
    MIN,
    MAX,
    POW,
    MOD,
    EQUAL,
    LESS,
    GREATER,
    AND,
    OR;

    private boolean compares() {
      return this == EQUAL || this == LESS || this == GREATER || this == AND || this == OR;
    }

    private float of(float a, float b) {
      return switch (this) {
        case ADD -> a + b;
        case SUB -> a - b;
        case MUL -> a * b;
        case DIV -> a / b;
        case MIN -> Math.min(a, b);
        case MAX -> Math.max(a, b);
        case POW -> (float) Math.pow(a, b);
        case MOD -> a % b;
        case EQUAL -> a == b ? 1 : 0;
        case LESS -> a < b ? 1 : 0;
        case GREATER -> a > b ? 1 : 0;
        case AND -> a != 0 && b != 0 ? 1 : 0;
        case OR -> a != 0 || b != 0 ? 1 : 0;
      };
    }

    private long of(long a, long b) {
      return switch (this) {
        case ADD -> a + b;
        case SUB -> a - b;
        case MUL -> a * b;
        case DIV -> quotient(a, b);
        case MIN -> Math.min(a, b);
        case MAX -> Math.max(a, b);
        case POW -> (long) Math.pow(a, b);
        case MOD -> a - b * (quotient(a, b) - (a % b != 0 && (a < 0) != (b < 0) ? 1 : 0));
        case EQUAL -> a == b ? 1 : 0;
        case LESS -> a < b ? 1 : 0;
        case GREATER -> a > b ? 1 : 0;
        case AND -> a != 0 && b != 0 ? 1 : 0;
        case OR -> a != 0 || b != 0 ? 1 : 0;
      };
    }

    private static long quotient(long a, long b) {
      if (b == 0) {
        throw new IllegalArgumentException("it divides the integer " + a + " by 0");
      }
      return a / b;
    }
  }

  private Arithmetic() {}

  static Array binary(Binary function, Array a, Array b) {
    if (a.type() != b.type() && function != Binary.POW) {
      throw new IllegalArgumentException("it joins " + a.type().text() + " and " + b.type().text());
    }
    List<Integer> shape = Shapes.broadcast(a.dims(), b.dims());
    int[] left = a.broadcast(shape);
    int[] right = b.broadcast(shape);
    if (a.isReal()) {
      float[] x = a.reals();
      float[] y = b.reals();
      float[] results = new float[left.length];
      for (int i = 0; i < results.length; i++) {
        results[i] = function.of(x[left[i]], y[right[i]]);
      }
      Array result = Array.ofReals("", shape, results);
      return function.compares() ? cast(result, DataType.BOOL) : result;
    }
    long[] x = a.integers();
    long[] y = b.integers();
    long[] results = new long[left.length];
    for (int i = 0; i < results.length; i++) {
      results[i] = function.of(x[left[i]], y[right[i]]);
    }
    return Array.of("", function.compares() ? DataType.BOOL : a.type(), shape, results);
  }

  /** A function of reals; integers take it exactly up to 2^53. */
  static Array unary(DoubleUnaryOperator function, Array x) {
    if (x.isReal()) {
      float[] values = x.reals();
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) function.applyAsDouble(values[i]);
      }
      return Array.ofReals("", x.dims(), values);
    }
    long[] values = x.integers();
    for (int i = 0; i < values.length; i++) {
      values[i] = (long) function.applyAsDouble(values[i]);
    }
    return Array.of("", x.type(), x.dims(), values);
  }

  /** {@code condition != 0 ? a : b}. */
  static Array where(Array condition, Array a, Array b) {
    if (a.type() != b.type()) {
      throw new IllegalArgumentException("it joins " + a.type().text() + " and " + b.type().text());
    }
    List<Integer> shape = Shapes.broadcast(condition.dims(), Shapes.broadcast(a.dims(), b.dims()));
    int[] which = condition.broadcast(shape);
    Array left = a.picked(shape, a.broadcast(shape));
    Array right = b.picked(shape, b.broadcast(shape));
    Array both = Folding.concatenated(List.of(left.reshaped(List.of(which.length)),
        right.reshaped(List.of(which.length))), 0);
    int[] positions = new int[which.length];
    for (int i = 0; i < positions.length; i++) {
      positions[i] = condition.integer(which[i]) != 0 ? i : which.length + i;
    }
    return both.picked(shape, positions);
  }

  static Array cast(Array x, DataType type) {
    if (type.element().isEmpty()) {
      throw new IllegalArgumentException("it casts to " + type.text() + ", which is not supported");
    }
    if (type.isReal()) {
      return new Array("", type, x.dims(), Array.ofReals("", x.dims(), x.reals()).data());
    }
    long[] values = x.integers();
    for (int i = 0; type == DataType.BOOL && i < values.length; i++) {
      values[i] = x.isReal() ? x.real(i) != 0 ? 1 : 0 : values[i] != 0 ? 1 : 0;
    }
    return Array.of("", type, x.dims(), values);
  }

  /** {@code start, start + step, ...} before the limit. */
  static Array range(Array start, Array limit, Array step) {
    double count = start.isReal()
        ? Math.ceil((limit.real(0) - start.real(0)) / (double) step.real(0))
        : Math.ceil(((double) limit.integer(0) - start.integer(0)) / step.integer(0));
    if (!(count <= Limits.NUMBERS)) {
      throw new IllegalArgumentException("it makes " + count + " numbers (at most " + Limits.NUMBERS + ")");
    }
    int length = (int) Math.max(0, count);
    if (start.isReal()) {
      float[] values = new float[length];
      for (int i = 0; i < length; i++) {
        values[i] = start.real(0) + i * step.real(0);
      }
      return Array.ofReals("", List.of(length), values);
    }
    long[] values = new long[length];
    for (int i = 0; i < length; i++) {
      values[i] = start.integer(0) + i * step.integer(0);
    }
    return Array.of("", start.type(), List.of(length), values);
  }
}
