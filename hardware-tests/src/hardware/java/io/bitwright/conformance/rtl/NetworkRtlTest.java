package io.bitwright.conformance.rtl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.bitwright.compiler.CompileObserver;
import io.bitwright.compiler.CompileOptions;
import io.bitwright.compiler.Compiler;
import io.bitwright.compiler.Network;
import io.bitwright.conformance.rtl.BeatSimulation.Outcome;
import io.bitwright.dataflow.Channel;
import io.bitwright.dataflow.DataflowPlan;
import io.bitwright.dataflow.Prediction;
import io.bitwright.dataflow.Stage;
import io.bitwright.dataflow.fold.DataflowPlanner;
import io.bitwright.dataflow.timing.PlanSimulation;
import io.bitwright.runners.verilator.Verilator;
import io.bitwright.testkit.TestData;
import io.bitwright.tracer.RequiredTools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Trained networks in Verilator: three frames back to back, without stalls, with stalls, and after a reset in the
 * middle of a frame, give the interpreter's bytes in every tensor on the way.
 */
@Tag("simulator")
class NetworkRtlTest {
  private static final int FRAMES = 3;

  private static Network load(Path file) {
    return new Compiler(CompileOptions.DEFAULT, CompileObserver.NONE).load(file);
  }

  private static Network digits() {
    return load(TestData.inRepository("examples/digits/digits_int8.tflite").orElseThrow());
  }

  @Test
  void digits(@TempDir Path folder) {
    RequiredTools.require(Verilator.tools());
    Network network = digits();
    check(DataflowPlanner.plan("digits", network.program(), 16), frames(network, List.of()), folder);
  }

  /** Lanes that keep the simulation short. */
  @ParameterizedTest
  @CsvSource({"person_detect, 156", "vww_96_int8, 256", "kws_dscnn_int8, 160", "mobilenet_v1_0.25_128_quant, 300"})
  void golden(String model, int lanes, @TempDir Path folder) throws IOException {
    RequiredTools.require(Verilator.tools());
    Path data = TestData.root().orElse(null);
    assumeTrue(data != null, "no reference data");
    Network network = load(data.resolve("models/tflite/" + model + ".tflite"));
    List<byte[]> inputs = new ArrayList<>();
    try (Stream<Path> files = Files.list(data.resolve("golden/" + model))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".in.bin")).sorted().limit(FRAMES).toList()) {
        inputs.add(Files.readAllBytes(file));
      }
    }
    check(DataflowPlanner.plan(network.identifier(), network.program(), lanes), frames(network, inputs), folder);
  }

  /** Recorded inputs, and random ones where they are too few. */
  private static List<byte[]> frames(Network network, List<byte[]> recorded) {
    List<byte[]> frames = new ArrayList<>(recorded);
    Random random = new Random(11);
    while (frames.size() < FRAMES) {
      byte[] frame = new byte[network.program().inputs().get(0).shape().elements()];
      random.nextBytes(frame);
      frames.add(frame);
    }
    return frames;
  }

  private static void check(DataflowPlan plan, List<byte[]> frames, Path folder) {
    NetworkRtl rtl = NetworkRtl.build(plan, frames, folder);
    Yosys.read(folder.resolve("rtl"), folder.resolve("build"), plan.name());
    assertTrue(rtl.tensors() > plan.program().kernels().size() / 2);
    Outcome free = rtl.check(rtl.request());
    assertTrue(free.interval() <= rtl.slowestCycles() * 1.006,
        () -> "a frame every " + free.interval() + " cycles, " + rtl.slowestCycles() + " planned");
    Prediction predicted = PlanSimulation.of(plan);
    assertEquals(predicted.intervalCycles(), free.interval());
    // The first input beat is taken in cycle 0.
    assertEquals(predicted.latencyCycles(), free.ends().get(0) - 1);
    assertEquals(predicted.highWater(), free.channels().stream().map(c -> Math.toIntExact(c.most())).toList());
    rtl.check(rtl.request().withStalls(30, 40, 5).withReset(free.ends().get(0) + rtl.slowestCycles() / 2));
  }

  /** The bottleneck must find its next patch waiting: with half the room it does not. */
  @Test
  void aShallowFifoCostsCycles(@TempDir Path folder) {
    RequiredTools.require(Verilator.tools());
    DataflowPlan plan = DataflowPlanner.plan("digits", digits().program(), 16);
    List<Channel> halved = plan.channels().stream().map(c -> c.withDepth(Math.max(2, c.depth() / 2))).toList();
    DataflowPlan shallow = new DataflowPlan(plan.name(), plan.program(), plan.stages(), halved);
    NetworkRtl rtl = NetworkRtl.build(shallow, frames(digits(), List.of()), folder);
    Outcome outcome = rtl.check(rtl.request());
    long slowest = plan.stages().stream().mapToLong(Stage::intervalCycles).max().orElseThrow();
    assertTrue(outcome.interval() > slowest, () -> "a frame every " + outcome.interval() + " cycles");
  }
}
