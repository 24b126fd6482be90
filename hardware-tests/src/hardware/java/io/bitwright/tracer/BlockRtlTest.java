package io.bitwright.tracer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bitwright.ir.kernel.SeparableBlock;
import io.bitwright.rtl.ChiselJavaBridge;
import io.bitwright.runners.verilator.StreamSimulation;
import io.bitwright.runners.verilator.StreamSimulation.Outcome;
import io.bitwright.runners.verilator.StreamSimulation.Stalls;
import io.bitwright.runners.verilator.StreamSimulation.Traffic;
import io.bitwright.runners.verilator.Verilator;
import io.bitwright.runners.verilator.Verilator.Effort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The tracer: blocks in Verilator, frames back to back, give the interpreter's bytes whatever stalls their streams. */
@Tag("simulator")
class BlockRtlTest {
  private static final String TOP = "dw_pw_block";
  private static final List<Stalls> STALLS =
      List.of(Stalls.NONE, new Stalls(50, 0, 7), new Stalls(0, 90, 11), new Stalls(30, 30, 13));
  private static final Duration LIMIT = Duration.ofMinutes(5);

  static List<BlockCase> blocks() {
    return BlockCases.all();
  }

  @ParameterizedTest
  @MethodSource("blocks")
  void rtlGivesTheInterpretersBytes(BlockCase block, @TempDir Path folder) throws IOException {
    RequiredTools.require(Verilator.tools());
    Path sources = Files.createDirectories(folder.resolve("rtl"));
    Files.writeString(sources.resolve(TOP + ".sv"), ChiselJavaBridge.depthwisePointwise(TOP, block.block()));
    Verilator.lint(sources, TOP);
    StreamSimulation simulation = StreamSimulation.build(sources, TOP, folder.resolve("build"), Effort.BUILD_FAST);

    byte[] expected = block.interpret(block.plain());
    long cycles = block.frames().size() * cyclesPerFrame(block.block());
    for (Stalls stalls : STALLS) {
      Outcome outcome = simulation.run(new Traffic(block.input(), expected.length, stalls, 100 * cycles), LIMIT);
      assertArrayEquals(expected, outcome.output(), stalls::toString);
      if (stalls == Stalls.NONE) {
        assertTrue(outcome.cycles() <= cycles, () -> outcome.cycles() + " cycles, expected at most " + cycles);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("blocks")
  void elaboratesToTheSameText(BlockCase block) {
    assertEquals(ChiselJavaBridge.depthwisePointwise(TOP, block.block()),
        ChiselJavaBridge.depthwisePointwise(TOP, block.block()));
  }

  /** One MAC a cycle, four cycles to change stages, and one more an output where an output takes a single MAC. */
  private static long cyclesPerFrame(SeparableBlock block) {
    long channels = block.middle().c();
    long outputs = block.ofm().c();
    long queueing = channels == 1 ? outputs : 0;
    long pixel = block.depthwise().window().taps() * channels + channels * outputs + 4 + queueing;
    return block.ifm().sizeBytes() + block.ofm().pixels() * pixel + 4;
  }
}
