package io.bitwright.tracer;

import io.bitwright.ir.scalar.Interval;
import io.bitwright.ir.scalar.Scalar;
import io.bitwright.ir.scalar.ScalarEvaluator;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A scalar program and what it is fed.
 *
 * @param name  for people
 * @param elements  inputs of each evaluation, members of their intervals
 */
record ScalarCase(String name, Scalar program, List<long[]> elements) {
  private static final int ALL = 1024;
  private static final int SAMPLES = 1500;

  /** All inputs where they are few; else samples of bounds, small numbers, ties and random magnitudes. */
  static ScalarCase of(String name, Scalar program) {
    List<Interval> ranges = program.inputs().stream().map(Scalar.Value::interval).toList();
    List<long[]> elements = count(ranges) <= ALL ? all(ranges) : samples(ranges, new Random(name.hashCode()));
    return new ScalarCase(name, program, elements);
  }

  /** The results of an element, by the evaluator. */
  long[] expected(long[] element) {
    ScalarEvaluator evaluator = new ScalarEvaluator(program, 1);
    for (int i = 0; i < element.length; i++) {
      evaluator.ints(i)[0] = element[i];
    }
    evaluator.run(1);
    long[] results = new long[program.results().size()];
    for (int i = 0; i < results.length; i++) {
      results[i] = evaluator.intResult(i)[0];
    }
    return results;
  }

  private static double count(List<Interval> ranges) {
    return ranges.stream().mapToDouble(r -> (double) r.hi() - r.lo() + 1).reduce(1, (a, b) -> a * b);
  }

  private static List<long[]> all(List<Interval> ranges) {
    List<long[]> elements = new ArrayList<>(List.of(new long[ranges.size()]));
    for (int i = 0; i < ranges.size(); i++) {
      List<long[]> longer = new ArrayList<>();
      for (long[] element : elements) {
        for (long v = ranges.get(i).lo(); v <= ranges.get(i).hi(); v++) {
          long[] copy = element.clone();
          copy[i] = v;
          longer.add(copy);
        }
      }
      elements = longer;
    }
    return elements;
  }

  private static List<long[]> samples(List<Interval> ranges, Random random) {
    List<long[]> elements = new ArrayList<>();
    for (int k = 0; k < SAMPLES; k++) {
      elements.add(ranges.stream().mapToLong(r -> pick(r, random)).toArray());
    }
    return elements;
  }

  private static long pick(Interval range, Random random) {
    long candidate = switch (random.nextInt(8)) {
      case 0 -> range.lo();
      case 1 -> range.hi();
      case 2, 3 -> random.nextInt(1201) - 600;
      case 4 -> ((random.nextInt(63) - 31L) << random.nextInt(40)) + random.nextInt(3) - 1;
      case 5 -> random.nextLong(range.lo(), Math.max(range.lo(), range.hi() - 1) + 1);
      default -> random.nextLong() >> random.nextInt(64);
    };
    return Math.max(range.lo(), Math.min(range.hi(), candidate));
  }
}
