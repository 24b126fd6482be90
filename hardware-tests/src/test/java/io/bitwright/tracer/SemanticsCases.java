package io.bitwright.tracer;

import io.bitwright.ir.op.Rounding;
import io.bitwright.ir.scalar.FixedPoint;
import io.bitwright.ir.scalar.Interval;
import io.bitwright.ir.scalar.Semantics;
import io.bitwright.ir.type.Quantization.PerTensor;
import java.util.ArrayList;
import java.util.List;

/** The scalar bodies of all quantised operators, with multipliers of few bits so that many results are ties. */
final class SemanticsCases {
  private static final List<PerTensor> SCALES = List.of(new PerTensor(0.0625f, -3), new PerTensor(0.09375f, 10),
      new PerTensor(0.078125f, -128), new PerTensor(0.05f, 127));

  private SemanticsCases() {}

  static List<ScalarGroup> groups() {
    List<ScalarGroup> groups = new ArrayList<>();
    for (Rounding rounding : Rounding.values()) {
      groups.add(new ScalarGroup("requantisation_" + rounding, requantisation(rounding)));
    }
    groups.add(new ScalarGroup("reductions", reductions()));
    groups.add(new ScalarGroup("activations", activations()));
    groups.add(new ScalarGroup("softmax", softmax()));
    return groups;
  }

  private static List<ScalarCase> requantisation(Rounding rounding) {
    PerTensor a = SCALES.get(0);
    PerTensor b = SCALES.get(1);
    PerTensor c = SCALES.get(2);
    Interval limits = Interval.of(-120, 125);
    FixedPoint inexact = FixedPoint.of(0.0037);
    return List.of(
        ScalarCase.of("accumulator, a scale a channel",
            Semantics.accumulatorEpilogue(Interval.of(-70_000, 90_000), ties(), ties().size(), -3, limits, rounding)),
        ScalarCase.of("accumulator of 32 bits, shifted left",
            Semantics.accumulatorEpilogue(Interval.INT32, List.of(new FixedPoint(3 << 29, 3)), 1, 5, limits, rounding)),
        ScalarCase.of("accumulator past 32 bits", Semantics.accumulatorEpilogue(Interval.of(-(1L << 35), 1L << 35),
            List.of(inexact, new FixedPoint(1 << 30, -31)), 2, 0, limits, rounding)),
        ScalarCase.of("add", Semantics.add(a, b, c, Interval.INT8, 1, Interval.INT8, rounding)),
        ScalarCase.of("mul", Semantics.mul(a, b, c, Interval.INT8, 1, limits, rounding)),
        ScalarCase.of("requantize, ties",
            Semantics.requantize(FixedPoint.of(0.75), -3, 7, Interval.INT8, 1, Interval.INT8, rounding)),
        ScalarCase.of("requantize up",
            Semantics.requantize(FixedPoint.of(2.5), -3, 7, Interval.INT8, 1, limits, rounding)),
        ScalarCase.of("mean", Semantics.meanEpilogue(
            Interval.INT8.times(Interval.point(12)), 1, 12, a, b, Interval.INT8, rounding)));
  }

  /** 2^30 + k * 2^28 with shifts from -8 to 1. */
  private static List<FixedPoint> ties() {
    List<FixedPoint> scales = new ArrayList<>();
    for (int shift = -8; shift <= 1; shift++) {
      scales.add(new FixedPoint((1 << 30) + Math.floorMod(shift, 4) * (1 << 28), shift));
    }
    return scales;
  }

  private static List<ScalarCase> reductions() {
    Interval nine = Interval.INT8.times(Interval.of(1, 9));
    Interval square = Interval.INT8.times(Interval.point(49));
    Interval limits = Interval.of(-100, 99);
    return List.of(
        ScalarCase.of("average of up to 9", Semantics.averageEpilogue(nine, 1, Interval.of(1, 9), 0, Interval.INT8)),
        ScalarCase.of("average of up to 9, unsigned",
            Semantics.averageEpilogue(nine, 1, Interval.of(1, 9), 128, limits)),
        ScalarCase.of("average of 49", Semantics.averageEpilogue(square, 1, Interval.point(49), 0, Interval.INT8)),
        ScalarCase.of("average of 49, unsigned", Semantics.averageEpilogue(square, 1, Interval.point(49), 128, limits)),
        ScalarCase.of("average of 4096", Semantics.averageEpilogue(
            Interval.INT8.times(Interval.point(4096)), 1, Interval.point(4096), 0, Interval.INT8)),
        ScalarCase.of("maximum", Semantics.maximumEpilogue(Interval.INT8, 1, Interval.of(1, 4), limits)));
  }

  private static List<ScalarCase> activations() {
    List<ScalarCase> cases = new ArrayList<>();
    for (PerTensor in : SCALES) {
      cases.add(ScalarCase.of("logistic of " + in, Semantics.logistic(in, 1)));
      for (PerTensor out : List.of(SCALES.get(2), new PerTensor(in.scale(), -119))) {
        cases.add(ScalarCase.of("hard_swish of " + in + " to " + out, Semantics.hardSwish(in, out, 1)));
      }
    }
    cases.add(ScalarCase.of("hard_swish, wide",
        Semantics.hardSwish(new PerTensor(1, 0), new PerTensor(0.9f, -128), 1)));
    return cases;
  }

  private static List<ScalarCase> softmax() {
    List<ScalarCase> cases = new ArrayList<>();
    for (float scale : new float[] {0.0625f, 0.1f, 1.5f}) {
      Semantics.Softmax parts = Semantics.softmax(scale, 1, 1000);
      cases.add(ScalarCase.of("exponential " + scale, parts.exponential()));
      if (scale == 0.1f) {
        cases.add(ScalarCase.of("term", parts.term()));
        cases.add(ScalarCase.of("reciprocal", parts.reciprocal()));
        cases.add(ScalarCase.of("scale", parts.scale()));
      }
    }
    return cases;
  }
}
