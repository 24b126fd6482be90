package io.bitwright.conformance.rtl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bitwright.conformance.rtl.BeatSimulation.Outcome;
import io.bitwright.conformance.rtl.BeatSimulation.Request;
import io.bitwright.dataflow.Channel;
import io.bitwright.dataflow.DataflowPlan;
import io.bitwright.dataflow.FeatureMap;
import io.bitwright.dataflow.Stage;
import io.bitwright.ir.interp.Interpreter;
import io.bitwright.ir.interp.Trace;
import io.bitwright.ir.kernel.Program;
import io.bitwright.ir.kernel.Schedule;
import io.bitwright.ir.kernel.Value;
import io.bitwright.ir.memory.MemoryPlan;
import io.bitwright.ir.memory.MemoryPlanner;
import io.bitwright.rtl.ChiselJavaBridge;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A network's accelerator with probes in simulation, and what the interpreter says of each of its channels. */
final class NetworkRtl {
  private final DataflowPlan plan;
  private final List<byte[]> frames;
  private final BeatSimulation simulation;
  private final Map<Integer, byte[]> expected = new HashMap<>();

  private NetworkRtl(DataflowPlan plan, List<byte[]> frames, BeatSimulation simulation) {
    this.plan = plan;
    this.frames = frames;
    this.simulation = simulation;
    interpret();
  }

  /**
   * Renders, lints and builds.
   *
   * @param frames  inputs as the model types them
   */
  static NetworkRtl build(DataflowPlan plan, List<byte[]> frames, Path folder) {
    StringBuilder channels = new StringBuilder();
    plan.channels().forEach(c -> channels.append("CHANNEL(").append(c.id()).append(", ").append(c.stream().lanes())
        .append(")\n"));
    return new NetworkRtl(plan, frames,
        BeatSimulation.build(ChiselJavaBridge.accelerator(plan, true), plan.name(), channels.toString(), folder));
  }

  private void interpret() {
    Program program = plan.program();
    MemoryPlan memory = MemoryPlanner.plan(program, Schedule.trivial(program));
    Interpreter interpreter = new Interpreter(memory);
    Map<Integer, ByteArrayOutputStream> streams = new HashMap<>();
    for (byte[] frame : frames) {
      Map<Integer, byte[]> tensors = new HashMap<>();
      byte[] output = interpreter.run(List.of(frame), tensors::put).get(0);
      add(streams, 0, beats(frame, program.inputs().get(0), plan.input()));
      add(streams, plan.stages().size(), beats(output, program.outputs().get(0), plan.output()));
      for (int i = 0; i + 1 < plan.stages().size(); i++) {
        Optional<Value> value = plan.stages().get(i).header().value();
        if (value.isPresent() && plan.stages().get(i).output() instanceof FeatureMap map) {
          byte[] tensor = value.get().origins().stream().filter(tensors::containsKey).map(tensors::get).findFirst()
              .orElseThrow();
          add(streams, i + 1, beats(tensor, value.get(), map));
        }
      }
    }
    streams.forEach((channel, stream) -> expected.put(channel, stream.toByteArray()));
  }

  private static void add(Map<Integer, ByteArrayOutputStream> streams, int channel, byte[] beats) {
    streams.computeIfAbsent(channel, c -> new ByteArrayOutputStream()).writeBytes(beats);
  }

  private static byte[] beats(byte[] tensor, Value value, FeatureMap map) {
    byte[] stored = tensor.clone();
    for (int i = 0; value.recentred() && i < stored.length; i++) {
      stored[i] ^= (byte) 0x80;
    }
    return BeatStreams.bytes(BeatStreams.ofMap(stored, map));
  }

  long slowestCycles() {
    return plan.stages().stream().mapToLong(Stage::intervalCycles).max().orElseThrow();
  }

  /** Channels that hold a tensor of the interpreter's. */
  int tensors() {
    return expected.size();
  }

  Request request() {
    return new Request(plan.input().lanes(), plan.output().lanes(), frames.size(), plan.input().beats(),
        plan.output().beats(), 0, 0, 1, 0, 0, expected.get(0));
  }

  /** Runs and holds every output byte, every tensor and every FIFO's mark to what they must be. */
  Outcome check(Request request) {
    Outcome outcome = simulation.run(request, 40 * frames.size() * (slowestCycles() + 100_000));
    List<String> wrong = new ArrayList<>();
    for (Channel channel : plan.channels()) {
      BeatSimulation.Passed passed = outcome.channels().get(channel.id());
      assertTrue(passed.most() <= channel.depth(), () -> channel + " held " + passed.most());
      byte[] beats = expected.get(channel.id());
      if (beats != null && BeatStreams.difference(ints(beats), passed.beats()) >= 0) {
        int at = BeatStreams.difference(ints(beats), passed.beats());
        wrong.add(channel.name() + " from byte " + at + " of " + beats.length);
      }
    }
    assertEquals(List.of(), wrong);
    assertEquals(-1, BeatStreams.difference(ints(expected.get(plan.stages().size())), outcome.output()));
    return outcome;
  }

  private static int[] ints(byte[] bytes) {
    int[] ints = new int[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      ints[i] = bytes[i];
    }
    return ints;
  }
}
