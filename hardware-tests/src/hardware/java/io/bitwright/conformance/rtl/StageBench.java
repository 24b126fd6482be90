package io.bitwright.conformance.rtl;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.bitwright.conformance.rtl.BeatSimulation.Outcome;
import io.bitwright.conformance.rtl.BeatSimulation.Request;
import io.bitwright.dataflow.DataflowPlan;
import io.bitwright.dataflow.FeatureMap;
import io.bitwright.dataflow.Stream;
import io.bitwright.rtl.ChiselJavaBridge;
import io.bitwright.rtl.RenderedDesign;
import io.bitwright.runners.verilator.ToolException;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;

/** Many small designs in one simulation: a top selects the one that runs, the others are held in reset. */
final class StageBench {
  private static final int FRAMES = 3;
  private static final String TOP = "bench";

  private final List<StageCase> cases;
  private final BeatSimulation simulation;

  private StageBench(List<StageCase> cases, BeatSimulation simulation) {
    this.cases = cases;
    this.simulation = simulation;
  }

  static StageBench build(List<StageCase> cases, Path folder) {
    SortedMap<String, String> modules = new TreeMap<>();
    SortedMap<String, String> images = new TreeMap<>();
    for (StageCase each : cases) {
      RenderedDesign design = ChiselJavaBridge.accelerator(each.plan(), false);
      modules.putAll(design.modules());
      images.putAll(design.images());
    }
    modules.put(TOP, top(cases.stream().map(StageCase::plan).toList()));
    return new StageBench(cases, BeatSimulation.build(modules, images, TOP, "", folder));
  }

  private static int inputBits(DataflowPlan plan) {
    return plan.channels().get(0).bits();
  }

  private static int outputBits(DataflowPlan plan) {
    return plan.channels().get(plan.channels().size() - 1).bits();
  }

  private static String top(List<DataflowPlan> plans) {
    int in = plans.stream().mapToInt(StageBench::inputBits).max().orElseThrow();
    int out = plans.stream().mapToInt(StageBench::outputBits).max().orElseThrow();
    StringBuilder instances = new StringBuilder();
    StringBuilder ready = new StringBuilder("1'b0");
    StringBuilder valid = new StringBuilder("1'b0");
    StringBuilder bits = new StringBuilder(out + "'d0");
    for (int i = 0; i < plans.size(); i++) {
      String chosen = "(select == 32'd" + i + ")";
      int own = outputBits(plans.get(i));
      instances.append("  wire ready").append(i).append(", valid").append(i).append(";\n  wire [").append(own - 1)
          .append(":0] bits").append(i).append(";\n  ").append(plans.get(i).name()).append(" design").append(i)
          .append("(.clock(clock), .reset(reset || !").append(chosen)
          .append("), .ifm_valid(ifm_valid), .ifm_ready(ready").append(i)
          .append("), .ifm_bits(ifm_bits[").append(inputBits(plans.get(i)) - 1)
          .append(":0]), .ofm_valid(valid").append(i).append("), .ofm_ready(ofm_ready), .ofm_bits(bits").append(i)
          .append("));\n");
      ready.insert(0, chosen + " ? ready" + i + " : ");
      valid.insert(0, chosen + " ? valid" + i + " : ");
      bits.insert(0, chosen + " ? " + (own < out ? "{" + (out - own) + "'d0, bits" + i + "}" : "bits" + i) + " : ");
    }
    return "module bench(input clock, input reset, input [31:0] select, input ifm_valid, output ifm_ready,\n    input ["
        + (in - 1) + ":0] ifm_bits, output ofm_valid, input ofm_ready, output [" + (out - 1) + ":0] ofm_bits);\n"
        + instances + "  assign ifm_ready = " + ready + ";\n  assign ofm_valid = " + valid + ";\n  assign ofm_bits = "
        + bits + ";\nendmodule\n";
  }

  /** Three frames of random codes through a design, with stalls or without. */
  void check(int index, int seed) {
    StageCase each = cases.get(index);
    DataflowPlan plan = each.plan();
    Random random = new Random(31L * index + seed);
    FeatureMap input = plan.input();
    Stream output = StageCase.last(plan);
    ByteArrayOutputStream beats = new ByteArrayOutputStream();
    int[][] expected = new int[FRAMES][];
    for (int frame = 0; frame < FRAMES; frame++) {
      byte[] tensor = codes(random, Math.toIntExact(input.codes()));
      beats.writeBytes(BeatStreams.bytes(BeatStreams.ofMap(tensor, input)));
      expected[frame] = each.reference().apply(tensor);
    }
    int[] percents = {0, 0, 30, 60, 90};
    boolean stalls = seed > 0;
    Request request = new Request(input.lanes(), output.lanes(), FRAMES, input.beats(), output.beats(),
        stalls ? percents[random.nextInt(5)] : 0, stalls ? percents[random.nextInt(5)] : 0, seed,
        seed % 4 == 3 ? 1 + random.nextInt(200) : 0, index, beats.toByteArray());
    Outcome outcome = run(each, request);
    int length = expected[0].length;
    for (int frame = 0; frame < FRAMES; frame++) {
      byte[] actual = Arrays.copyOfRange(outcome.output(), frame * length, (frame + 1) * length);
      int[] wanted = expected[frame];
      int at = BeatStreams.difference(wanted, actual);
      int number = frame;
      assertEquals(-1, at, () -> "seed " + seed + " frame " + number + " byte " + at + ": " + wanted[at] + " is "
          + actual[at] + "\n" + each);
    }
  }

  private Outcome run(StageCase each, Request request) {
    try {
      return simulation.run(request, 1_000_000);
    } catch (ToolException e) {
      throw new AssertionError(e.getMessage() + "\n" + request + "\n" + each, e);
    }
  }

  private static byte[] codes(Random random, int count) {
    byte[] codes = new byte[count];
    random.nextBytes(codes);
    switch (random.nextInt(5)) {
      case 0 -> Arrays.fill(codes, (byte) -128);
      case 1 -> Arrays.fill(codes, (byte) 127);
      default -> { }
    }
    return codes;
  }
}
