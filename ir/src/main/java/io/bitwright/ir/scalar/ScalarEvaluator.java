package io.bitwright.ir.scalar;

import io.bitwright.ir.scalar.Scalar.Payload;
import io.bitwright.ir.scalar.Scalar.Value;

/**
 * Evaluates a scalar program over rows of elements, opcode by opcode. Not thread-safe.
 *
 * <p>Feed {@link #ints(int)} or {@link #reals(int)} of each input, {@link #run(int)}, read the results' arrays.
 */
public final class ScalarEvaluator {
  private final Scalar program;
  private final long[][] ints;
  private final float[][] reals;

  /**
   * Prepares for rows of at most {@code capacity} elements.
   */
  public ScalarEvaluator(Scalar program, int capacity) {
    this.program = program;
    int n = program.values().size();
    this.ints = new long[n][];
    this.reals = new float[n][];
    for (Value v : program.values()) {
      if (v.isReal()) {
        reals[v.id()] = new float[capacity];
        java.util.Arrays.fill(reals[v.id()], v.real());
      } else {
        ints[v.id()] = new long[capacity];
        java.util.Arrays.fill(ints[v.id()], v.opcode() == Opcode.CONST ? v.immediate() : 0);
      }
    }
  }

  /** Where an integer input's elements go. */
  public long[] ints(int input) {
    return ints[program.inputs().get(input).id()];
  }

  /** Where an f32 input's elements go. */
  public float[] reals(int input) {
    return reals[program.inputs().get(input).id()];
  }

  /** The elements of an integer result. */
  public long[] intResult(int result) {
    return ints[program.results().get(result).id()];
  }

  /** The elements of an f32 result. */
  public float[] realResult(int result) {
    return reals[program.results().get(result).id()];
  }

  /** Computes the first {@code n} elements of every value. */
  public void run(int n) {
    for (Value v : program.values()) {
      switch (v.opcode()) {
        case INPUT, CONST, F_CONST -> { }
        case ADD, SUB, MUL, SHL, SHR, DIV, MIN, MAX -> integerBinary(v, n);
        case LESS -> less(v, n);
        case SELECT -> select(v, n);
        case CLZ, LOW_BITS, LOOKUP -> integerUnary(v, n);
        case F_ADD, F_SUB, F_MUL, F_DIV, F_MIN, F_MAX -> realBinary(v, n);
        case F_FROM_INT, F_TO_INT, F_FROM_BITS, F_TO_BITS -> convert(v, n);
      }
    }
  }

  /** A single element of a program with integer inputs and one integer result. */
  public static long evaluate(Scalar program, long... inputs) {
    ScalarEvaluator evaluator = new ScalarEvaluator(program, 1);
    for (int i = 0; i < inputs.length; i++) {
      evaluator.ints(i)[0] = inputs[i];
    }
    evaluator.run(1);
    return evaluator.intResult(0)[0];
  }

  /** One integer operation on constants: what every renderer computes. */
  static long evaluate(Opcode opcode, long[] a, Payload payload) {
    return switch (opcode) {
      case ADD -> Math.addExact(a[0], a[1]);
      case SUB -> Math.subtractExact(a[0], a[1]);
      case MUL -> Math.multiplyExact(a[0], a[1]);
      case SHL -> Math.multiplyExact(a[0], 1L << a[1]);
      case SHR -> a[0] >> a[1];
      case DIV -> a[0] / a[1];
      case MIN -> Math.min(a[0], a[1]);
      case MAX -> Math.max(a[0], a[1]);
      case LESS -> a[0] < a[1] ? 1 : 0;
      case SELECT -> a[0] != 0 ? a[1] : a[2];
      case CLZ -> Integer.numberOfLeadingZeros((int) a[0]);
      case LOW_BITS -> a[0] & ((1L << payload.immediate()) - 1);
      case LOOKUP -> payload.table().entry((int) a[0]);
      case INPUT, CONST, F_CONST, F_ADD, F_SUB, F_MUL, F_DIV, F_MIN, F_MAX, F_FROM_INT, F_TO_INT, F_FROM_BITS,
          F_TO_BITS ->
          throw new IllegalStateException(opcode + " is no integer operation");
    };
  }

  private void integerBinary(Value v, int n) {
    long[] a = ints[v.arg(0).id()];
    long[] b = ints[v.arg(1).id()];
    long[] out = ints[v.id()];
    switch (v.opcode()) {
      case ADD -> { for (int i = 0; i < n; i++) { out[i] = a[i] + b[i]; } }
      case SUB -> { for (int i = 0; i < n; i++) { out[i] = a[i] - b[i]; } }
      case MUL -> { for (int i = 0; i < n; i++) { out[i] = a[i] * b[i]; } }
      case SHL -> { for (int i = 0; i < n; i++) { out[i] = a[i] << b[i]; } }
      case SHR -> { for (int i = 0; i < n; i++) { out[i] = a[i] >> b[i]; } }
      case DIV -> { for (int i = 0; i < n; i++) { out[i] = a[i] / b[i]; } }
      case MIN -> { for (int i = 0; i < n; i++) { out[i] = Math.min(a[i], b[i]); } }
      case MAX -> { for (int i = 0; i < n; i++) { out[i] = Math.max(a[i], b[i]); } }
      default -> throw new IllegalStateException(v.opcode().name());
    }
  }

  private void integerUnary(Value v, int n) {
    long[] a = ints[v.arg(0).id()];
    long[] out = ints[v.id()];
    switch (v.opcode()) {
      case CLZ -> { for (int i = 0; i < n; i++) { out[i] = Integer.numberOfLeadingZeros((int) a[i]); } }
      case LOW_BITS -> {
        long mask = (1L << v.immediate()) - 1;
        for (int i = 0; i < n; i++) { out[i] = a[i] & mask; }
      }
      case LOOKUP -> {
        LookupTable table = v.table();
        for (int i = 0; i < n; i++) { out[i] = table.entry((int) a[i]); }
      }
      default -> throw new IllegalStateException(v.opcode().name());
    }
  }

  private void less(Value v, int n) {
    long[] out = ints[v.id()];
    if (v.arg(0).isReal()) {
      float[] a = reals[v.arg(0).id()];
      float[] b = reals[v.arg(1).id()];
      for (int i = 0; i < n; i++) { out[i] = a[i] < b[i] ? 1 : 0; }
    } else {
      long[] a = ints[v.arg(0).id()];
      long[] b = ints[v.arg(1).id()];
      for (int i = 0; i < n; i++) { out[i] = a[i] < b[i] ? 1 : 0; }
    }
  }

  private void select(Value v, int n) {
    long[] condition = ints[v.arg(0).id()];
    if (v.isReal()) {
      float[] a = reals[v.arg(1).id()];
      float[] b = reals[v.arg(2).id()];
      float[] out = reals[v.id()];
      for (int i = 0; i < n; i++) { out[i] = condition[i] != 0 ? a[i] : b[i]; }
    } else {
      long[] a = ints[v.arg(1).id()];
      long[] b = ints[v.arg(2).id()];
      long[] out = ints[v.id()];
      for (int i = 0; i < n; i++) { out[i] = condition[i] != 0 ? a[i] : b[i]; }
    }
  }

  private void realBinary(Value v, int n) {
    float[] a = reals[v.arg(0).id()];
    float[] b = reals[v.arg(1).id()];
    float[] out = reals[v.id()];
    switch (v.opcode()) {
      case F_ADD -> { for (int i = 0; i < n; i++) { out[i] = a[i] + b[i]; } }
      case F_SUB -> { for (int i = 0; i < n; i++) { out[i] = a[i] - b[i]; } }
      case F_MUL -> { for (int i = 0; i < n; i++) { out[i] = a[i] * b[i]; } }
      case F_DIV -> { for (int i = 0; i < n; i++) { out[i] = a[i] / b[i]; } }
      case F_MIN -> { for (int i = 0; i < n; i++) { out[i] = a[i] < b[i] ? a[i] : b[i]; } }
      case F_MAX -> { for (int i = 0; i < n; i++) { out[i] = a[i] > b[i] ? a[i] : b[i]; } }
      default -> throw new IllegalStateException(v.opcode().name());
    }
  }

  private void convert(Value v, int n) {
    int a = v.arg(0).id();
    switch (v.opcode()) {
      case F_FROM_INT -> { for (int i = 0; i < n; i++) { reals[v.id()][i] = (float) ints[a][i]; } }
      case F_FROM_BITS -> {
        for (int i = 0; i < n; i++) { reals[v.id()][i] = Float.intBitsToFloat((int) ints[a][i]); }
      }
      case F_TO_BITS -> {
        for (int i = 0; i < n; i++) { ints[v.id()][i] = Float.floatToRawIntBits(reals[a][i]) & Integer.MAX_VALUE; }
      }
      case F_TO_INT -> {
        Interval limits = v.interval();
        for (int i = 0; i < n; i++) { ints[v.id()][i] = toInt(reals[a][i], limits); }
      }
      default -> throw new IllegalStateException(v.opcode().name());
    }
  }

  private static long toInt(float real, Interval limits) {
    if (!(real >= limits.lo())) {
      return limits.lo();
    }
    return real >= limits.hi() ? limits.hi() : (long) real;
  }
}
