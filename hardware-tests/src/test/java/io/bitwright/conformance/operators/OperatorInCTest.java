package io.bitwright.conformance.operators;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.bitwright.conformance.CBatch;
import io.bitwright.conformance.Case;
import io.bitwright.conformance.Linked;
import io.bitwright.ir.memory.ScheduleChooser;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Single operators against TFLite's reference kernels, in generated C. */
class OperatorInCTest {
  @Test
  void generatedCGivesTheReferenceKernelsOutput(@TempDir Path folder) {
    CBatch.assumeCompiler();
    List<Linked> linked = new ArrayList<>();
    for (OperatorIndex.Entry entry : OperatorIndex.entries()) {
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
