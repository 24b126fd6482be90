package io.bitwright.compiler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bitwright.boards.Boards;
import io.bitwright.compiler.Inference.Layers;
import io.bitwright.runners.SimulationOptions;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class VerificationTest {
  private final Compiler compiler = new Compiler(CompileOptions.DEFAULT, CompileObserver.NONE);
  private final Network network = compiler.load(DigitsFile.MODEL);
  private final Inference inference = new Inference(compiler, network, Boards.find("host").board());
  private final List<List<byte[]>> frames = CompilerTest.frames(network, 3);

  @Test
  void aDifferenceIsTracedToTheFirstLayerThatHasIt() {
    Verification.Result result = new Verification(network, inference, frames).on("faulty");
    assertEquals(0, result.equalFrames());
    Mismatch mismatch = result.mismatch().orElseThrow();
    assertEquals(0, mismatch.frame());
    assertEquals("output 0", mismatch.output().tensor());
    assertEquals("[0, 0]", mismatch.output().position());
    assertTrue(mismatch.layer().orElseThrow().tensor().startsWith("operator 3 ("), mismatch.toString());
    assertEquals("[0, 0, 0, 0]", mismatch.layer().orElseThrow().position());
  }

  @Test
  void theArithmeticOfThatElementLeadsToTheInterpretersValue() {
    Mismatch mismatch = new Verification(network, inference, frames).on("faulty").mismatch().orElseThrow();
    String code = mismatch.layer().orElseThrow().expected().replaceAll(" .*", "");
    assertTrue(mismatch.arithmetic().matches("(?s)accumulator -?\\d+ in channel 0; the requantisation gives " + code
        + " by\n%0 = .*"), mismatch.arithmetic());
  }

  @Test
  void everyElementsArithmeticLeadsToItsValue() {
    var recorded = inference.run(Inference.INTERPRETER, frames, Layers.OF_KERNELS).layers();
    int told = 0;
    for (var value : network.program().values()) {
      for (int origin : value.origins()) {
        byte[] codes = recorded.get(origin);
        for (int i = 0; i < codes.length; i += 7) {
          String text = ElementTrace.of(network.program(), value, i, recorded);
          assertTrue(text.isEmpty() || text.contains("gives " + codes[i] + " by"), text);
          told += text.isEmpty() ? 0 : 1;
        }
      }
    }
    assertTrue(told > 500, told + " elements told");
  }

  private Verification.Result hardware(boolean taps, int count) {
    SimulationOptions options =
        new SimulationOptions(OptionalLong.empty(), taps, Optional.empty(), OptionalLong.empty());
    Inference simulated = new Inference(compiler, network, Boards.find("host").board(), options, line -> { });
    return new Verification(network, simulated, frames.subList(0, count)).on("faulty-stage");
  }

  @Test
  void stagesOfHardwareAreComparedInEveryFrame() {
    assertTrue(hardware(true, 1).mismatch().isEmpty());
    assertTrue(hardware(false, 2).mismatch().isEmpty());
    Verification.Result result = hardware(true, 2);
    assertEquals(2, result.equalFrames());
    Mismatch mismatch = result.mismatch().orElseThrow();
    assertEquals(1, mismatch.frame());
    assertEquals(mismatch.output(), mismatch.layer().orElseThrow());
    assertTrue(mismatch.output().tensor().startsWith("operator 3 ("), mismatch.toString());
    assertEquals("[0, 0, 0, 5]", mismatch.output().position());
  }

  @Test
  void hardwareIsRunAgainWithTheFramesBefore() {
    Mismatch mismatch = hardware(false, 3).mismatch().orElseThrow();
    assertEquals(2, mismatch.frame());
    assertEquals("output 0", mismatch.output().tensor());
    assertTrue(mismatch.layer().orElseThrow().tensor().startsWith("operator 3 ("), mismatch.toString());
  }

  @Test
  void givenOutputsAreComparedToo() {
    Verification verification = new Verification(network, inference, frames);
    List<List<byte[]>> outputs = verification.reference().outputs();
    assertEquals(3, verification.against(outputs).equalFrames());
    List<List<byte[]>> changed = List.of(outputs.get(0), List.of(new byte[10]), outputs.get(2));
    Verification.Result result = verification.against(changed);
    assertEquals(2, result.equalFrames());
    assertEquals(1, result.mismatch().orElseThrow().frame());
  }
}
