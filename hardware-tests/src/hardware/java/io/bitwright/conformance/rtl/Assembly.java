package io.bitwright.conformance.rtl;

import io.bitwright.dataflow.Channel;
import io.bitwright.dataflow.DataflowPlan;
import io.bitwright.dataflow.FeatureMap;
import io.bitwright.dataflow.Memory;
import io.bitwright.dataflow.PackedWeights;
import io.bitwright.dataflow.Patches;
import io.bitwright.dataflow.Stage;
import io.bitwright.dataflow.Stream;
import io.bitwright.dataflow.fold.Ring;
import io.bitwright.ir.diag.SourceLocation;
import io.bitwright.ir.kernel.Kernel;
import io.bitwright.ir.kernel.Program;
import io.bitwright.ir.kernel.Value;
import io.bitwright.ir.op.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Stages put in a row, with FIFOs of random depth and memories of either style. */
final class Assembly {
  private final String name;
  private final Random random;
  private final List<Stage> stages = new ArrayList<>();

  Assembly(String name, Random random) {
    this.name = name;
    this.random = random;
  }

  static FeatureMap map(Value value, int lanes) {
    return new FeatureMap(value.h(), value.w(), value.c(), lanes);
  }

  void add(Stage stage) {
    stages.add(stage);
  }

  Stage.Header header(String label) {
    return new Stage.Header("s" + stages.size() + "_" + label, label, SourceLocation.NONE, Optional.empty());
  }

  Memory memory(String memory, int depth, int bits) {
    return new Memory(memory, depth, bits, false, style(), 1);
  }

  Memory weights(PackedWeights packed) {
    return new Memory("weights", packed.words(), packed.wordLength() * packed.weightBits(), true,
        style(), 1);
  }

  private Memory.Style style() {
    return random.nextBoolean() ? Memory.Style.BLOCK : Memory.Style.DISTRIBUTED;
  }

  /** The map itself where the window is a point, else a line buffer's windows. */
  Patches patches(FeatureMap map, Window window, Kernel kernel, int groups, int tapLanes, int fill) {
    Value out = kernel.output();
    return window.isPoint() ? Patches.ofPoints(map, groups)
        : windows(map, window, out.h(), out.w(), groups, tapLanes, fill);
  }

  Patches windows(FeatureMap map, Window window, int height, int width, int groups, int tapLanes, int fill) {
    Patches patches = new Patches(height * width, groups, Stream.ceilDiv(window.taps(), tapLanes),
        map.beatsPerPixel() / groups, tapLanes, map.lanes());
    Ring ring = new Ring(map, window, height, width);
    int slots = random.nextBoolean() ? ring.slots() : ring.fewestSlots() + random.nextInt(3);
    add(new Stage.LineBuffer(header("lines"), map, window, height, width, patches, fill, slots,
        new Memory("lines", slots * map.beatsPerPixel(), 8 * map.lanes(), false,
            style(), tapLanes)));
    return patches;
  }

  DataflowPlan plan(Program program) {
    List<Channel> channels = new ArrayList<>();
    Stream input = stages.get(0).input();
    FeatureMap first = input instanceof FeatureMap map ? map : map(program.inputs().get(0), input.lanes());
    channels.add(new Channel(0, "ifm", Channel.OUTSIDE, 0, first, depth()));
    for (int i = 0; i < stages.size(); i++) {
      int to = i + 1 < stages.size() ? i + 1 : Channel.OUTSIDE;
      channels.add(new Channel(i + 1, "channel" + (i + 1), i, to, stages.get(i).output(), depth()));
    }
    return new DataflowPlan(name, program, stages, channels);
  }

  private int depth() {
    return random.nextBoolean() ? 2 : 2 + random.nextInt(20);
  }
}
