package io.bitwright.conformance.cmsis;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.bitwright.conformance.CBatch;
import io.bitwright.conformance.Case;
import io.bitwright.conformance.Linked;
import io.bitwright.ir.memory.ScheduleChooser;
import io.bitwright.ir.op.Rounding;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** CMSIS-NN's own vectors, each as a program, in generated C. */
class CmsisInCTest {
  @Test
  @Tag("thorough")
  void generatedCGivesTheVectorsBytes(@TempDir Path folder) throws IOException {
    CmsisVectors.folder();
    CBatch.assumeCompiler();
    List<Linked> linked = new ArrayList<>();
    for (String name : CmsisVectors.taken()) {
      Case vector = CmsisVectors.load(name, Rounding.TFLITE);
      linked.add(Linked.of(vector, ScheduleChooser.choose(vector.program())));
    }
    assertEquals(List.of(), new CBatch(folder, linked, 16).differences());
  }
}
