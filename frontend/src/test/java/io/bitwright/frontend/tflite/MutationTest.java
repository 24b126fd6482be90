package io.bitwright.frontend.tflite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import com.sun.management.ThreadMXBean;
import io.bitwright.frontend.flatbuffer.FlatWriter.Fields;
import io.bitwright.ir.diag.DiagnosticException;
import io.bitwright.ir.graph.Graph;
import io.bitwright.ir.graph.GraphVerifier;
import io.bitwright.testkit.TestData;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Damaged files: each either imports as a valid graph or is refused with diagnostics, and what the import allocates is
 * bounded by the size of the file. Seeded; runs on small built files, and on the trained ones where they are.
 */
class MutationTest {
  private static final long SEED = 20_240_711;
  private static final int MUTANTS_A_FILE = 300;
  private static final long ALLOCATION_FACTOR = 8;
  private static final long ALLOCATION_FLOOR = 4 << 20;

  private static List<byte[]> originals() {
    List<byte[]> files = new ArrayList<>();
    TestModel.samples().forEach(m -> files.add(m.write()));
    files.addAll(OperatorFiles.oneOfEach());
    TestData.inRepository("examples/digits/digits_int8.tflite").ifPresent(p -> files.add(read(p)));
    Optional<Path> models = TestData.find("models/tflite");
    if (models.isPresent()) {
      try (Stream<Path> list = Files.list(models.get())) {
        list.filter(p -> p.toString().endsWith(".tflite")).sorted().forEach(p -> files.add(read(p)));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return files;
  }

  private static byte[] read(Path path) {
    try {
      return Files.readAllBytes(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void mutantsImportOrAreRefused() {
    List<byte[]> files = originals();
    Random random = new Random(SEED);
    // 2,000 mutants also where only the built files are there.
    int each = Math.max(MUTANTS_A_FILE, 2_100 / files.size());
    int[] refused = {0, 0};
    assertTimeout(Duration.ofSeconds(60), () -> {
      for (int f = 0; f < files.size(); f++) {
        for (int i = 0; i < each; i++) {
          byte[] mutant = mutant(files, f, random);
          refused[imports(mutant, "file " + f + " mutant " + i) ? 1 : 0]++;
        }
      }
    });
    assertTrue(refused[0] + refused[1] >= 2_000, "mutants: " + Arrays.toString(refused));
    assertTrue(refused[0] > 200 && refused[1] > 200, "refused and imported: " + Arrays.toString(refused));
  }

  /** One to four changes; most of them where the tables are, which is at either end of the file. */
  private static byte[] mutant(List<byte[]> files, int index, Random random) {
    byte[] mutant = files.get(index).clone();
    int changes = 1 + random.nextInt(4);
    for (int i = 0; i < changes && mutant.length > 8; i++) {
      mutant = changed(mutant, files.get(random.nextInt(files.size())), random);
    }
    return mutant;
  }

  private static byte[] changed(byte[] bytes, byte[] other, Random random) {
    int at = place(bytes.length, random);
    ByteBuffer view = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int word = Math.min(at & ~3, bytes.length - 4);
    switch (random.nextInt(8)) {
      case 0, 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
      case 2 -> bytes[at] = (byte) random.nextInt(256);
      case 3 -> view.putInt(word, random.nextInt(bytes.length));
      case 4 -> view.putInt(word, new int[] {0, 1, -1, Integer.MAX_VALUE, Integer.MIN_VALUE, 1 << 16}[random.nextInt(6)]);
      case 5 -> view.putInt(word, view.getInt(word) + 4 * (random.nextInt(9) - 4));
      case 6 -> {
        int length = Math.min(1 + random.nextInt(64), Math.min(bytes.length - at, other.length));
        System.arraycopy(other, random.nextInt(other.length - length + 1), bytes, at, length);
      }
      default -> {
        return random.nextInt(4) == 0 ? Arrays.copyOf(bytes, at) : bytes;
      }
    }
    return bytes;
  }

  private static int place(int length, Random random) {
    int end = Math.min(length, 1 << 13);
    return switch (random.nextInt(3)) {
      case 0 -> random.nextInt(end);
      case 1 -> length - 1 - random.nextInt(end);
      default -> random.nextInt(length);
    };
  }

  @Test
  void everyTruncationIsRefused() {
    for (TestModel model : TestModel.samples()) {
      byte[] file = model.write();
      int needed = file.length;
      while (imports(Arrays.copyOf(file, needed), "cut to " + needed)) {
        needed--;
      }
      assertTrue(file.length - needed < 16, "only padding may be missing");
      for (int length = 0; length < needed; length++) {
        assertFalse(imports(Arrays.copyOf(file, length), "cut to " + length));
      }
    }
  }

  @Test
  @Tag("thorough")
  void everyByteOfASmallFileCanBeWrong() {
    List<byte[]> files = new ArrayList<>(OperatorFiles.oneOfEach());
    TestModel.samples().forEach(m -> files.add(m.write()));
    for (byte[] file : files) {
      for (int at = 0; at < file.length; at++) {
        byte kept = file[at];
        for (int value : new int[] {0, 1, 0x7f, 0x80, 0xff, kept ^ 0x10}) {
          file[at] = (byte) value;
          imports(file, "byte " + at + " set to " + value);
        }
        file[at] = kept;
      }
    }
  }

  @Test
  void filesThatRepeatThemselvesStayCheap() {
    TestModel operators = SampleNetworks.float32();
    operators.operator("CALL_ONCE", new int[0], new int[0], 0, null);
    assertEquals(1_000, repeated(operators, operators.operators, 16_000).size());
    assertTrue(repeated(operators, operators.operators, 20_000).get(0)
        .contains("the number of operators is too large: 20000 (limit 16384)"));
    TestModel tensors = SampleNetworks.float32();
    assertTrue(repeated(tensors, tensors.tensors, 100_000).get(0)
        .contains("the number of tensors is too large: 100000 (limit 65536)"));
  }

  /** Refuses the model once the list's vector has so many entries, the added ones all leading to its last table. */
  private static List<String> repeated(TestModel model, List<Fields> list, int count) {
    int first = list.size() - 1;
    for (int i = list.size(); i < count; i++) {
      list.add(Fields.of());
    }
    byte[] file = model.write();
    list.subList(first + 1, list.size()).clear();
    ByteBuffer view = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    int vector = 0;
    while (view.getInt(vector) != count) {
      vector += 4;
    }
    int entry = vector + 4 + 4 * first;
    int target = entry + view.getInt(entry);
    for (int i = first + 1; i < count; i++) {
      view.putInt(vector + 4 + 4 * i, target - (vector + 4 + 4 * i));
    }
    assertFalse(imports(file, "repeated " + count));
    return TestModel.refusal(file);
  }

  /** Whether the file imports; fails if it does anything but that or end with diagnostics, or takes much memory. */
  private static boolean imports(byte[] file, String what) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    Graph graph = null;
    try {
      graph = TfliteImporter.parse(file, "mutant.tflite");
    } catch (DiagnosticException e) {
      assertFalse(e.diagnostics().isEmpty(), what);
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
      fail(what + ": " + e, e);
    }
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;
    assertTrue(allocated <= ALLOCATION_FLOOR + ALLOCATION_FACTOR * file.length, what + " allocates " + allocated);
    if (graph != null) {
      assertEquals(List.of(), GraphVerifier.verify(graph), what);
    }
    return graph != null;
  }
}
