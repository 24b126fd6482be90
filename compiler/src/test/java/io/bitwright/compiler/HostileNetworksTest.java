package io.bitwright.compiler;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bitwright.ir.diag.DiagnosticException;
import io.bitwright.testkit.TestData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Damaged networks through the whole compiler: import, passes, lowering and planning end in a plan or in diagnostics,
 * never in another exception. Scales, shapes and constants that the importer accepts must not surprise later stages.
 */
class HostileNetworksTest {
  private static final int MUTANTS = 600;

  @Test
  void aDamagedNetworkCompilesOrIsDiagnosed(@TempDir Path folder) throws IOException {
    byte[] original = Files.readAllBytes(TestData.inRepository("examples/digits/digits_int8.tflite").orElseThrow());
    Random random = new Random(20_240_712);
    int compiled = 0;
    int refused = 0;
    for (int i = 0; i < MUTANTS; i++) {
      Path file = folder.resolve("mutant.tflite");
      Files.write(file, damaged(original, random));
      try {
        new Compiler(CompileOptions.DEFAULT, CompileObserver.NONE).load(file);
        compiled++;
      } catch (DiagnosticException e) {
        refused++;
      }
    }
    assertTrue(compiled > 50 && refused > 50, compiled + " compiled, " + refused + " refused");
  }

  /** A few bytes changed: bits flipped, extremes written, small numbers made large. */
  private static byte[] damaged(byte[] original, Random random) {
    byte[] bytes = original.clone();
    int changes = 1 + random.nextInt(4);
    for (int i = 0; i < changes; i++) {
      int at = random.nextInt(bytes.length);
      bytes[at] = switch (random.nextInt(4)) {
        case 0 -> (byte) (bytes[at] ^ 1 << random.nextInt(8));
        case 1 -> (byte) 0xff;
        case 2 -> (byte) 0x7f;
        default -> (byte) random.nextInt();
      };
    }
    return bytes;
  }
}
