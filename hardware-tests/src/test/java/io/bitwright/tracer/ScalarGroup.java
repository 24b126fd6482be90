package io.bitwright.tracer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.bitwright.ir.scalar.Scalar;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

/**
 * Scalar programs that are built and run together. A round feeds one element to each: the inputs of all programs as
 * little-endian 64-bit words, answered by the results of all. A case with fewer elements than others starts over.
 *
 * @param name  for people, and a legal name of a folder
 */
record ScalarGroup(String name, List<ScalarCase> cases) {
  ScalarGroup {
    cases = List.copyOf(cases);
  }

  List<Scalar> programs() {
    return cases.stream().map(ScalarCase::program).toList();
  }

  int rounds() {
    return cases.stream().mapToInt(c -> c.elements().size()).max().orElseThrow();
  }

  byte[] input() {
    int words = programs().stream().mapToInt(p -> p.inputs().size()).sum();
    ByteBuffer input = ByteBuffer.allocate(words * rounds() * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int round = 0; round < rounds(); round++) {
      for (ScalarCase each : cases) {
        Arrays.stream(element(each, round)).forEach(input::putLong);
      }
    }
    return input.array();
  }

  int outputBytes() {
    return programs().stream().mapToInt(p -> p.results().size()).sum() * rounds() * Long.BYTES;
  }

  /** Holds the answers to the evaluator. */
  void check(byte[] output) {
    assertEquals(outputBytes(), output.length);
    ByteBuffer words = ByteBuffer.wrap(output).order(ByteOrder.LITTLE_ENDIAN);
    for (int round = 0; round < rounds(); round++) {
      for (ScalarCase each : cases) {
        long[] element = element(each, round);
        long[] actual = new long[each.program().results().size()];
        Arrays.setAll(actual, i -> words.getLong());
        assertArrayEquals(each.expected(element), actual,
            () -> each.name() + " of " + Arrays.toString(element) + "\n" + each.program());
      }
    }
  }

  private static long[] element(ScalarCase of, int round) {
    return of.elements().get(round % of.elements().size());
  }

  @Override
  public String toString() {
    return name;
  }
}
