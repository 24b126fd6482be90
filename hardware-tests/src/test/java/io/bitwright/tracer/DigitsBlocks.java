package io.bitwright.tracer;

import io.bitwright.compiler.CompileObserver;
import io.bitwright.compiler.CompileOptions;
import io.bitwright.compiler.Compiler;
import io.bitwright.compiler.Network;
import io.bitwright.compiler.data.InputFile;
import io.bitwright.ir.interp.Interpreter;
import io.bitwright.ir.kernel.SeparableBlock;
import io.bitwright.ir.memory.MemoryPlan;
import io.bitwright.testkit.TestData;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Blocks of the trained digits network, fed with what reaches them when the network sees its test pictures. */
final class DigitsBlocks {
  private static final int PICTURES = 9;

  private final Network network;

  private DigitsBlocks() {
    CompileOptions options = CompileOptions.DEFAULT;
    network = new Compiler(options, CompileObserver.NONE).load(example("digits_int8.tflite"));
  }

  /** The first block of each stride. */
  static List<BlockCase> all() {
    DigitsBlocks digits = new DigitsBlocks();
    return List.of(digits.first(1), digits.first(2));
  }

  private BlockCase first(int stride) {
    SeparableBlock block = SeparableBlock.in(network.program()).stream()
        .filter(b -> b.depthwise().window().strideH() == stride).findFirst().orElseThrow();
    int operator = block.ifm().origins().get(0);
    return BlockCase.of("digits stride " + stride, block, inputsOf(operator));
  }

  /** What a source operator gives for each picture. */
  private List<byte[]> inputsOf(int operator) {
    MemoryPlan plan = network.trivialPlan();
    List<byte[]> inputs = new ArrayList<>();
    for (byte[] picture : pictures()) {
      Map<Integer, byte[]> layers = new HashMap<>();
      new Interpreter(plan).run(List.of(picture), layers::put);
      inputs.add(layers.get(operator));
    }
    return inputs;
  }

  /** Pictures spread over the test set as input codes: code = pixel - 128. */
  private static List<byte[]> pictures() {
    byte[] pixels = InputFile.readArray(example("test_images.npy")).data();
    int size = 64;
    int step = pixels.length / size / PICTURES;
    return IntStream.range(0, PICTURES).mapToObj(i -> codes(pixels, i * step * size, size)).toList();
  }

  private static byte[] codes(byte[] pixels, int from, int size) {
    byte[] codes = new byte[size];
    for (int i = 0; i < size; i++) {
      codes[i] = (byte) ((pixels[from + i] & 0xff) - 128);
    }
    return codes;
  }

  private static Path example(String file) {
    return TestData.inRepository("examples/digits/" + file).orElseThrow();
  }
}
