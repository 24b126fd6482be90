package io.bitwright.frontend.language.eval;

import static io.bitwright.frontend.language.value.Signature.optional;
import static io.bitwright.frontend.language.value.Signature.required;

import io.bitwright.frontend.language.value.ParameterType;
import io.bitwright.frontend.language.value.Signature;
import io.bitwright.frontend.language.value.Value;
import io.bitwright.ir.diag.DiagnosticException;
import io.bitwright.ir.diag.DiagnosticId;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/** Functions of numbers and lists. */
final class MathFunctions {
  private MathFunctions() {}

  static List<BuiltIn> all() {
    return List.of(
        rounding("floor", "Largest integer not above x.", Math::floor),
        rounding("ceil", "Smallest integer not below x.", Math::ceil),
        rounding("round", "Nearest integer; a half rounds up.", v -> Math.floor(v + 0.5)),
        rounding("int", "The integer without its fraction.", v -> v < 0 ? Math.ceil(v) : Math.floor(v)),
        extreme("min", "Smallest of its arguments.", -1),
        extreme("max", "Largest of its arguments.", 1),
        new BuiltIn(Signature.of("abs", required("x", ParameterType.ANY)), "x without its sign.",
            (a, n) -> numeric(a, "x", a.value("x")) < 0 ? Arithmetic.negate(a.value("x"), a.at()) : a.value("x")),
        new BuiltIn(Signature.of("make_divisible", required("x", ParameterType.REAL),
            optional("divisor", ParameterType.INT, Value.of(8L)), optional("least", ParameterType.INT, Value.of(0L))),
            "x rounded to a multiple of the divisor, at least one of them, and never below 0.9 x.",
            (a, n) -> makeDivisible(a)),
        new BuiltIn(Signature.of("length", required("x", ParameterType.LIST)), "Number of elements.",
            (a, n) -> Value.of((long) ((Value.Items) a.value("x")).values().size())));
  }

  private static BuiltIn rounding(String name, String sentence, DoubleUnaryOperator function) {
    return new BuiltIn(Signature.of(name, required("x", ParameterType.ANY)), sentence, (a, n) -> {
      double real = numeric(a, "x", a.value("x"));
      return a.value("x") instanceof Value.Int ? a.value("x") : whole(a, function.applyAsDouble(real));
    });
  }

  private static Value whole(Bound arguments, double value) {
    if (Math.abs(value) >= 0x1p62) {
      throw DiagnosticException.of(DiagnosticId.LANGUAGE_NUMBER, arguments.at(), value, "leaves 64 bits");
    }
    return Value.of((long) value);
  }

  private static BuiltIn extreme(String name, String sentence, int sign) {
    Signature signature = new Signature(name, List.of(required("x", ParameterType.LIST)), true);
    return new BuiltIn(signature, sentence, (a, n) -> {
      List<Value> values = ((Value.Items) a.value("x")).values();
      if (values.isEmpty()) {
        throw DiagnosticException.of(DiagnosticId.LANGUAGE_ARGUMENTS, a.at(), name, "lacks arguments");
      }
      Value best = values.get(0);
      for (Value v : values) {
        best = Double.compare(numeric(a, "x", v), numeric(a, "x", best)) * sign > 0 ? v : best;
      }
      return best;
    });
  }

  /** Source: slim nets/mobilenet, _make_divisible. */
  private static Value makeDivisible(Bound arguments) {
    double value = arguments.real("x");
    int divisor = arguments.integer("divisor", 1, Limits.CHANNELS);
    int least = arguments.integer("least", 0, Limits.CHANNELS);
    if (Math.abs(value) > Limits.CHANNELS) {
      throw arguments.range("x", String.valueOf(value), "at most " + Limits.CHANNELS);
    }
    long rounded = (long) Math.floor((value + divisor / 2.0) / divisor) * divisor;
    long result = Math.max(least == 0 ? divisor : least, rounded);
    return Value.of(result < 0.9 * value ? result + divisor : result);
  }

  private static double numeric(Bound arguments, String name, Value value) {
    if (value instanceof Value.Int || value instanceof Value.Real) {
      return Arithmetic.real(value);
    }
    throw DiagnosticException.of(DiagnosticId.LANGUAGE_TYPE, arguments.place(name), "an argument of "
        + arguments.function(), value.kind(), value, "a number");
  }
}
