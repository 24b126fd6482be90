package io.bitwright.hls;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.bitwright.ir.diag.SourceLocation;
import io.bitwright.ir.interp.Interpreter;
import io.bitwright.ir.interp.Trace;
import io.bitwright.ir.kernel.Kernel;
import io.bitwright.ir.kernel.Kernel.Connection;
import io.bitwright.ir.kernel.Program;
import io.bitwright.ir.kernel.QuantizedDot;
import io.bitwright.ir.kernel.Schedule;
import io.bitwright.ir.kernel.SeparableBlock;
import io.bitwright.ir.kernel.Value;
import io.bitwright.ir.memory.MemoryPlanner;
import io.bitwright.ir.op.Padding;
import io.bitwright.ir.op.Rounding;
import io.bitwright.ir.op.Window;
import io.bitwright.ir.scalar.FixedPoint;
import io.bitwright.ir.scalar.Interval;
import io.bitwright.ir.type.ElementType;
import io.bitwright.ir.type.Shape;
import io.bitwright.ir.type.TensorData;
import io.bitwright.ir.type.TensorType;
import io.bitwright.target.OutputTree;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Random blocks with tie-rich multipliers, simulated with g++, against the interpreter. */
class BlockEmitterTest {
  @ParameterizedTest
  @CsvSource({"1, 1, 1, TFLITE", "2, 2, 1, TFLITE", "3, 1, 2, SINGLE", "4, 2, 1, TIES_EVEN"})
  void givesTheInterpretersBytes(int seed, int stride, int multiplier, Rounding rounding, @TempDir Path folder)
      throws IOException, InterruptedException {
    Random random = new Random(seed);
    Program block = block(random, stride, multiplier, rounding);
    byte[] input = bytes(random, 2 * 7 * 5 * 4);
    OutputTree tree = new BlockEmitter().emit("block", SeparableBlock.in(block).get(0));
    assertArrayEquals(interpret(block, input), simulate(tree, folder, input));
  }

  private static byte[] interpret(Program block, byte[] frames) {
    Interpreter interpreter = new Interpreter(MemoryPlanner.plan(block, Schedule.trivial(block)));
    java.io.ByteArrayOutputStream all = new java.io.ByteArrayOutputStream();
    for (int at = 0; at < frames.length; at += frames.length / 2) {
      byte[] frame = java.util.Arrays.copyOfRange(frames, at, at + frames.length / 2);
      all.writeBytes(interpreter.run(List.of(frame), Trace.NONE).get(0));
    }
    return all.toByteArray();
  }

  private static byte[] simulate(OutputTree tree, Path folder, byte[] input) throws IOException, InterruptedException {
    for (Map.Entry<String, byte[]> file : tree.files().entrySet()) {
      Files.write(folder.resolve(file.getKey()), file.getValue());
    }
    assertEquals(0, run(folder, "build.log", "/dev/null", "g++", "-std=c++14", "-O1", "-Wall", "-Wextra", "-Werror",
        "-fsanitize=address,undefined", "-o", "bench", "block.cpp", "tb_block.cpp"),
        () -> "g++: " + read(folder.resolve("build.log")));
    Files.write(folder.resolve("in.bin"), input);
    assertEquals(0, run(folder, "out.bin", "in.bin", "./bench"));
    return Files.readAllBytes(folder.resolve("out.bin"));
  }

  private static int run(Path folder, String output, String input, String... command)
      throws IOException, InterruptedException {
    File in = input.startsWith("/") ? new File(input) : folder.resolve(input).toFile();
    return new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).redirectInput(in)
        .redirectOutput(folder.resolve(output).toFile()).start().waitFor();
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return e.toString();
    }
  }

  private static Program block(Random random, int stride, int multiplier, Rounding rounding) {
    Window window = new Window(3, 3, stride, stride, 1, 1, new Padding(1, 1, 1, 1));
    int mid = 4 * multiplier;
    Value x = value(0, 7, 5, 4);
    Value y = value(1, window.outputH(7), window.outputW(5), mid);
    Value z = value(2, y.h(), y.w(), 6);
    Kernel.Dot depthwise = new QuantizedDot(Connection.DEPTHWISE, 4, window, TensorData.ofBytes(bytes(random, 9 * mid)),
        0, biases(random, mid), 3, scales(random, mid, -7), -5, Interval.INT8, rounding)
        .kernel(new Kernel.Header("depthwise_conv2d", SourceLocation.NONE, List.of(x), y));
    Kernel.Dot pointwise = new QuantizedDot(Connection.DENSE, 1, Window.POINT,
        TensorData.ofBytes(bytes(random, 6 * mid)), 0, biases(random, 6), -5, scales(random, 6, -6), 9,
        Interval.of(-100, 90), rounding)
        .kernel(new Kernel.Header("conv2d", SourceLocation.NONE, List.of(y), z));
    return new Program("block", List.of(x, y, z), List.of(depthwise, pointwise), List.of(x), List.of(z));
  }

  private static Value value(int id, int h, int w, int c) {
    Shape shape = Shape.of(1, h, w, c);
    return new Value(id, "v" + id, shape, TensorType.quantized(shape, ElementType.I8, 1, 0), List.of());
  }

  private static byte[] bytes(Random random, int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }

  private static long[] biases(Random random, int count) {
    return random.longs(count, -2000, 2000).toArray();
  }

  /** Multipliers of few bits, so that many accumulators are ties. */
  private static List<FixedPoint> scales(Random random, int count, int shift) {
    return IntStream.range(0, count)
        .mapToObj(i -> new FixedPoint((1 << 30) + random.nextInt(4) * (1 << 28), shift - random.nextInt(2)))
        .toList();
  }
}
