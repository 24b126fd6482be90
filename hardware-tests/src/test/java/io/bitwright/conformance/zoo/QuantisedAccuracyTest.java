package io.bitwright.conformance.zoo;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bitwright.ir.graph.Graph;
import io.bitwright.ir.interp.Interpreter;
import io.bitwright.ir.interp.Trace;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Quantised networks of the zoo give nearly what they give in float32, for inputs that quantisation has not seen. */
class QuantisedAccuracyTest {
  /** Below the lowest seen, 0.980 of mnasnet_small; most exceed 0.99. */
  private static final double LEAST_COSINE = 0.96;

  /** Weights have 8 bits still. */
  private static final double LEAST_WIDE_COSINE = 0.99;

  static List<String> names() {
    return SmallNetwork.names();
  }

  @ParameterizedTest
  @MethodSource("names")
  void outputsPointTheSameWay(String name) {
    check(name, SmallNetwork.of(name).quantised(), LEAST_COSINE);
  }

  @ParameterizedTest
  @MethodSource("names")
  @Tag("thorough")
  void with16BitActivationsNearlyTheSameWay(String name) {
    check(name, SmallNetwork.of(name).wide(), LEAST_WIDE_COSINE);
  }

  private static void check(String name, Graph quantised, double leastCosine) {
    Graph real = SmallNetwork.of(name).real();
    Interpreter exact = new Interpreter(Variant.PLAIN.plan(real));
    Interpreter integer = new Interpreter(Variant.FULL.plan(quantised));
    List<Double> found = new ArrayList<>();
    for (long seed = 1; seed <= 8; seed++) {
      List<byte[]> frame = SmallNetwork.frame(real, seed);
      double[] expected = Reals.of(real.outputs().get(0).type(), exact.run(frame, Trace.NONE).get(0));
      byte[] codes = Reals.codes(quantised.inputs().get(0).type(), Reals.of(real.inputs().get(0).type(), frame.get(0)));
      found.add(Reals.cosine(expected,
          Reals.of(quantised.outputs().get(0).type(), integer.run(List.of(codes), Trace.NONE).get(0))));
    }
    double least = found.stream().mapToDouble(c -> c).min().orElseThrow();
    assertTrue(least >= leastCosine, name + ": " + found);
  }
}
