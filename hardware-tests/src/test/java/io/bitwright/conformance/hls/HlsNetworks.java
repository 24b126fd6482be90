package io.bitwright.conformance.hls;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.bitwright.compiler.CompileObserver;
import io.bitwright.compiler.CompileOptions;
import io.bitwright.compiler.Compiler;
import io.bitwright.ir.kernel.Program;
import io.bitwright.testkit.TestData;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** The trained chains, with recorded inputs three times in a row. */
final class HlsNetworks {
  /** Reference networks that are chains. */
  static final List<String> GOLDEN =
      List.of("person_detect", "vww_96_int8", "kws_dscnn_int8", "mobilenet_v1_0.25_128_quant");
  private static final int FRAMES = 3;

  private HlsNetworks() {}

  /** The shipped example, fed with random pictures. */
  static HlsCase digits(int lanes) {
    Program program = load(TestData.inRepository("examples/digits/digits_int8.tflite").orElseThrow());
    Random random = new Random(5);
    List<byte[]> frames = Stream.generate(() -> {
      byte[] frame = new byte[64];
      random.nextBytes(frame);
      return frame;
    }).limit(FRAMES).toList();
    return HlsCase.of("digits", program, frames, lanes);
  }

  /** A reference network; skips the test where the reference data is absent. */
  static HlsCase golden(String name, int lanes) {
    Path root = TestData.root().orElse(null);
    assumeTrue(root != null, "no reference data");
    List<byte[]> inputs = inputs(root.resolve("golden").resolve(name));
    List<byte[]> frames = Stream.iterate(0, i -> i + 1).map(i -> inputs.get(i % inputs.size())).limit(FRAMES).toList();
    return HlsCase.of(name, load(root.resolve("models/tflite/" + name + ".tflite")), frames, lanes);
  }

  private static Program load(Path model) {
    return new Compiler(CompileOptions.DEFAULT, CompileObserver.NONE).load(model).program();
  }

  private static List<byte[]> inputs(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(f -> f.getFileName().toString().endsWith(".in.bin")).sorted().map(HlsNetworks::read)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
