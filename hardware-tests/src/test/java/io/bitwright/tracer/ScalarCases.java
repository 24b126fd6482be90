package io.bitwright.tracer;

import java.util.List;
import java.util.stream.Stream;

/** The scalar programs that every hardware renderer must compute as the evaluator does. */
final class ScalarCases {
  private ScalarCases() {}

  static List<ScalarGroup> all() {
    return Stream.concat(Stream.of(OpcodeCases.group()), SemanticsCases.groups().stream()).toList();
  }
}
