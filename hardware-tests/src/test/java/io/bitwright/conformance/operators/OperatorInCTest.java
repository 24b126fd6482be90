package io.bitwright.conformance.operators;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.bitwright.conformance.CBatch;
import io.bitwright.conformance.Case;
import io.bitwright.conformance.Linked;
import io.bitwright.ir.memory.ScheduleChooser;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Single operators against TFLite's reference kernels, in generated C. */
class OperatorInCTest {
  /** The first case of each operator. */
  private static List<OperatorIndex.Entry> oneOfEach() {
    Set<String> seen = new HashSet<>();
    return OperatorIndex.entries().stream().filter(e -> seen.add(e.operator())).toList();
  }

  @Test
  void oneCaseOfEachOperatorGivesTheReferenceKernelsOutput(@TempDir Path folder) {
    check(folder, oneOfEach());
  }

  @Test
  @Tag("thorough")
  void allOthersGiveTheReferenceKernelsOutput(@TempDir Path folder) {
    List<OperatorIndex.Entry> others = new ArrayList<>(OperatorIndex.entries());
    others.removeAll(oneOfEach());
    check(folder, others);
  }

  private static void check(Path folder, List<OperatorIndex.Entry> entries) {
    CBatch.assumeCompiler();
    List<Linked> linked = new ArrayList<>();
    for (OperatorIndex.Entry entry : entries) {
      OperatorVector vector = OperatorVector.load(entry);
      linked.add(chosen(vector.asImported()));
      if (vector.changedByPasses()) {
        linked.add(chosen(vector.optimised()));
      }
    }
    assertEquals(List.of(), new CBatch(folder, linked, 16).differences());
  }

  private static Linked chosen(Case lowered) {
    return Linked.of(lowered, ScheduleChooser.choose(lowered.program()));
  }
}
