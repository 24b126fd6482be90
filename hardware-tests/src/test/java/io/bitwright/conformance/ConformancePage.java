package io.bitwright.conformance;

import io.bitwright.conformance.cmsis.Family;
import io.bitwright.conformance.golden.GoldenModel;
import io.bitwright.conformance.operators.OperatorIndex;
import io.bitwright.conformance.operators.OperatorIndex.Entry;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The text of docs/conformance.md, from the lists that the tests run over. */
final class ConformancePage {
  private static final List<String> TYPES = List.of("int8", "uint8", "int16", "float32");
  private final StringBuilder text = new StringBuilder();

  static String text() {
    ConformancePage page = new ConformancePage();
    page.introduction();
    page.cmsis();
    page.operators();
    page.networks();
    return page.text.toString();
  }

  private void line(String line) {
    text.append(line).append('\n');
  }

  private void introduction() {
    line("""
        # Conformance

        What holds the interpreter and the generated C to computations that are not ours. The tests are in `hardware-tests`.
        Integer outputs must be equal in every byte. The C of vectors and single operators, and of some of the networks, is
        built with all warnings as errors and with both sanitizers of gcc; its arena has its exact size and is filled with
        garbage before each run.

        This page is generated from the lists that the tests run over, and one fails when it is stale
        (`mvn test -pl hardware-tests -am -Dtest=ConformancePageTest -Dsurefire.failIfNoSpecifiedTests=false -Dgolden=update`
        rewrites it).""");
  }

  private void cmsis() {
    line("""

        ## Kernel vectors of CMSIS-NN

        From `suites/cmsis_nn_s8` of the reference data. Each becomes a program built from the vector's own multipliers,
        shifts and offsets, under the trivial and the chosen schedule.

        | family | vectors |
        |---|---|""");
    Arrays.stream(Family.values()).filter(Family::taken).forEach(f -> line("| " + f.title() + " | " + names(f) + " |"));
    line("\nNot taken:\n\n| family | why | vectors |\n|---|---|---|");
    Arrays.stream(Family.values()).filter(f -> !f.taken())
        .forEach(f -> line("| " + f.title() + " | " + f.whyNot() + " | " + names(f) + " |"));
  }

  private static String names(Family family) {
    return family.names().stream().map(n -> "`" + n + "`").collect(Collectors.joining(", "));
  }

  private void operators() {
    Map<String, List<Entry>> byOperator =
        OperatorIndex.entries().stream().collect(Collectors.groupingBy(Entry::operator, TreeMap::new, Collectors.toList()));
    line("""

        ## Single operators against TFLite's reference kernels

        From `opvectors` and `tflite` in `hardware-tests/src/test/resources`, where a README tells how they were made and
        a NOTES file which cases the reference kernels refuse. Each is run as imported and after all passes. Floats must
        come within 1e-5 relative plus 1e-6 where the case states nothing else. `GRAPH` stands for a few operators together.

        | operator | int8 | uint8 | int16 | float32 |
        |---|---|---|---|---|""");
    byOperator.forEach((operator, entries) -> line("| " + operator + " | "
        + TYPES.stream().map(t -> String.valueOf(count(entries, t))).collect(Collectors.joining(" | ")) + " |"));
  }

  private static long count(List<Entry> entries, String type) {
    return entries.stream().filter(e -> e.type().equals(type)).count();
  }

  private void networks() {
    line("""

        ## Trained networks

        From `golden` of the reference data: every output, and every operator's tensor where it was recorded. Floats must come
        within 1e-4 relative. The arena of the quantised ones equals the peak of liveness, computed from the graph and the
        groups of its schedule alone.
        """);
    GoldenModel.INTEGER.forEach(n -> line("- `" + n + "`"));
    GoldenModel.REAL.forEach(n -> line("- `" + n + "`"));
  }
}
