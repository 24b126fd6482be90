package io.bitwright.conformance.rtl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bitwright.boards.Boards;
import io.bitwright.compiler.CompileObserver;
import io.bitwright.compiler.CompileOptions;
import io.bitwright.compiler.Compiler;
import io.bitwright.compiler.Inference;
import io.bitwright.compiler.Network;
import io.bitwright.compiler.SeededInputs;
import io.bitwright.compiler.Verification;
import io.bitwright.runners.HardwareFigures;
import io.bitwright.runners.HardwareFigures.ChannelMark;
import io.bitwright.runners.SimulationOptions;
import io.bitwright.target.HardwareOptions;
import io.bitwright.tracer.RequiredTools;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A network on its whole way to simulated RTL, as {@code verify --targets rtl} goes it. */
@Tag("simulator")
class SimulatedNetworkTest {
  private static final int LANES = 16;
  private static final int FRAMES = 4;

  private final Compiler compiler = new Compiler(CompileOptions.DEFAULT, CompileObserver.NONE)
      .with(new HardwareOptions(OptionalInt.of(LANES), HardwareOptions.DEFAULT.pragmas(), false));
  private final Network network = compiler.load(Path.of("..", "examples", "digits", "digits_int8.tflite"));

  @BeforeAll
  static void requireTools() {
    RequiredTools.require(io.bitwright.runners.verilator.Verilator.tools());
  }

  /** The same build serves all of them. */
  private Verification.Result verify(OptionalLong stallSeed, OptionalLong resetAt) {
    SimulationOptions options = new SimulationOptions(stallSeed, true, Optional.empty(), resetAt);
    List<List<byte[]>> frames =
        LongStream.range(0, FRAMES).mapToObj(seed -> SeededInputs.frame(network.inputTypes(), seed)).toList();
    Inference inference = new Inference(compiler, network, Boards.find("host").board(), options, line -> { });
    Verification.Result result = new Verification(network, inference, frames).on("rtl");
    assertEquals(Optional.empty(), result.mismatch());
    assertEquals(FRAMES, result.equalFrames());
    assertEquals(FRAMES, result.execution().taps().size());
    // Every layer but the reshape in front of the fully connected one is a stage.
    assertTrue(result.execution().taps().get(0).size() >= 11, () -> result.execution().taps().get(0).keySet().toString());
    return result;
  }

  @Test
  void everyStagesTensorIsTheInterpretersAndThePlanKeepsItsPromise() {
    HardwareFigures figures = verify(OptionalLong.empty(), OptionalLong.empty()).execution().hardware().orElseThrow();
    assertEquals(figures.predictedIntervalCycles().orElseThrow(), figures.intervalCycles().orElseThrow(),
        0.02 * figures.intervalCycles().orElseThrow());
    assertEquals(figures.predictedLatencyCycles().orElseThrow(), figures.latencyCycles().orElseThrow(),
        0.02 * figures.latencyCycles().orElseThrow());
    assertTrue(figures.lanes() <= LANES);
    assertEquals(164_288, figures.macs());
    assertEquals(164_288.0 / figures.lanes() / figures.intervalCycles().orElseThrow(),
        figures.utilisation().orElseThrow(), 1e-9);
    for (ChannelMark channel : figures.channels()) {
      assertTrue(channel.highWater() <= channel.depth() && channel.highWater() > 0, channel::toString);
    }
  }

  @Test
  void pausesAndAResetInTheMiddleOfAFrameChangeNoByte() {
    verify(OptionalLong.of(11), OptionalLong.empty());
    verify(OptionalLong.of(12), OptionalLong.of(20_001));
  }
}
