package io.bitwright.dataflow.fold;

import io.bitwright.dataflow.Channel;
import io.bitwright.dataflow.DataflowPlan;
import io.bitwright.dataflow.FeatureMap;
import io.bitwright.dataflow.Memory;
import io.bitwright.dataflow.Multipliers;
import io.bitwright.dataflow.PackedWeights;
import io.bitwright.dataflow.Patches;
import io.bitwright.dataflow.SoftmaxTiming;
import io.bitwright.dataflow.Stage;
import io.bitwright.dataflow.Stage.Header;
import io.bitwright.dataflow.Stream;
import io.bitwright.ir.kernel.Kernel;
import io.bitwright.ir.kernel.Kernel.Reduction;
import io.bitwright.ir.kernel.Program;
import io.bitwright.ir.kernel.Value;
import io.bitwright.ir.op.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Builds the stages of folded units: line buffers, repackings and the kernels' own stages, in order of the stream. */
final class Assembler {
  private static final int SMALLEST_DEPTH = 2;

  private final List<Stage> stages = new ArrayList<>();
  private final List<Unit> units;
  private final List<Folding> foldings;
  private FeatureMap current;
  private Kernel kernel;
  private Folding folding;
  private int index;

  private Assembler(List<Unit> units, List<Folding> foldings) {
    this.units = units;
    this.foldings = foldings;
  }

  static DataflowPlan assemble(String name, Program program, List<Unit> units, List<Folding> foldings) {
    return new Assembler(units, foldings).plan(name, program);
  }

  private DataflowPlan plan(String name, Program program) {
    current = mapOf(program.inputs().get(0), foldings.get(0).wordLanes());
    FeatureMap input = current;
    for (index = 0; index < units.size(); index++) {
      kernel = units.get(index).kernel();
      folding = foldings.get(index);
      repack(mapOf(Unit.input(kernel), folding.wordLanes()));
      kernel.accept(new Kernels());
    }
    List<Channel> channels = new ArrayList<>();
    channels.add(new Channel(0, "ifm", Channel.OUTSIDE, 0, input, depth(0)));
    for (int i = 0; i < stages.size(); i++) {
      boolean last = i + 1 == stages.size();
      channels.add(new Channel(i + 1, last ? "ofm" : stages.get(i).name() + "_out", i, last ? Channel.OUTSIDE : i + 1,
          stages.get(i).output(), last ? SMALLEST_DEPTH : depth(i + 1)));
    }
    return new DataflowPlan(name, program, stages, channels);
  }

  /**
   * A stage that reads a group's patch more than once finds the next one waiting when it is done. Softmax takes nothing in while
   * it thinks: the next vector waits in front of it.
   */
  private int depth(int index) {
    Stage stage = stages.get(index);
    boolean lines = index > 0 && stages.get(index - 1) instanceof Stage.LineBuffer;
    if (stage instanceof Stage.Dense dense && dense.outputFolds() > 1 && !lines) {
      return dense.input().beatsPerGroup() + SMALLEST_DEPTH;
    }
    return stage instanceof Stage.Softmax softmax ? softmax.input().channels() + SMALLEST_DEPTH : SMALLEST_DEPTH;
  }

  private static FeatureMap mapOf(Value value, int lanes) {
    return new FeatureMap(value.h(), value.w(), value.c(), lanes);
  }

  private Header header(String suffix, boolean computes) {
    String shapes = Unit.input(kernel).shape() + " -> " + kernel.output().shape();
    return new Header("s" + index + "_" + kernel.header().label() + suffix,
        kernel.header().label() + " '" + kernel.output().name() + "' " + shapes, kernel.header().location(),
        computes ? Optional.of(kernel.output()) : Optional.empty());
  }

  private void append(Stage stage) {
    stages.add(stage);
    if (stage.output() instanceof FeatureMap map) {
      current = map;
    }
  }

  private void repack(FeatureMap wanted) {
    if (!current.equals(wanted)) {
      append(new Stage.Repack(header("_repack", false), current, wanted));
    }
  }

  /** What an accumulating stage reads: the windows of a line buffer, or the map itself for a point window. */
  private Patches patches(Window window, int groups, int fill) {
    int words = current.beatsPerPixel() / groups;
    if (window.isPoint()) {
      return Patches.ofPoints(current, groups);
    }
    Value out = kernel.output();
    Patches output = new Patches(out.pixels(), groups, Stream.ceilDiv(window.taps(), folding.tapLanes()), words,
        folding.tapLanes(), folding.wordLanes());
    int slots = new Ring(current, window, out.h(), out.w()).slots();
    Memory lines = Memory.of("lines", slots * current.beatsPerPixel(), 8 * current.lanes(), false, folding.tapLanes());
    append(new Stage.LineBuffer(
        header("_lines", false), current, window, out.h(), out.w(), output, fill, slots, lines));
    return output;
  }

  /**
   * Results a cycle of a stage that has {@code pe} of them every {@code cycles} cycles: a divisor of {@code pe} (and of the
   * outputs of a group), and where it costs little one that fits the next stage's words.
   */
  private int requantisers(int pe, int cycles, int outputsPerGroup, int groups) {
    int fewest = Stream.ceilDiv(pe, cycles);
    List<Integer> possible = IntStream.rangeClosed(fewest, pe)
        .filter(r -> pe % r == 0 && (groups == 1 || outputsPerGroup % r == 0)).boxed().toList();
    int next = index + 1 < foldings.size() ? foldings.get(index + 1).wordLanes() : 1;
    int smallest = possible.get(0);
    return possible.stream().filter(r -> r <= 2 * smallest && (r % next == 0 || next % r == 0)).findFirst()
        .orElse(smallest);
  }

  /** One method a kernel family: its stage. */
  private final class Kernels implements Kernel.Visitor<Void> {
    @Override
    public Void visit(Kernel.Dot dot) {
      if (Unit.isDepthwise(dot)) {
        depthwise(dot);
      } else {
        dense(dot);
      }
      return null;
    }

    private void depthwise(Kernel.Dot dot) {
      Patches patches = patches(dot.window(), current.beatsPerPixel(), dot.paddingCode());
      int pe = folding.pe();
      FeatureMap output = mapOf(dot.output(), requantisers(pe, patches.beatsPerGroup(), pe, 1));
      PackedWeights packed = PackedWeights.depthwise(dot, patches);
      append(new Stage.Depthwise(header("", true), dot, patches, output, packed, weights(packed),
          new Multipliers(patches.lanes(), true)));
    }

    private void dense(Kernel.Dot dot) {
      int groups = Unit.groups(dot);
      Patches patches = patches(dot.window(), groups, dot.paddingCode());
      int pe = folding.pe();
      int outputs = dot.output().c() / groups;
      int passes = Stream.ceilDiv(outputs, pe);
      FeatureMap output = mapOf(dot.output(), requantisers(pe, patches.beatsPerGroup(), outputs, groups));
      PackedWeights packed = PackedWeights.dense(dot, patches, pe, passes);
      Optional<Memory> patch = passes == 1 ? Optional.empty()
          : Optional.of(Memory.of("patch", patches.beatsPerGroup(), 8 * patches.lanes(), false, 1));
      append(new Stage.Dense(header("", true), dot, patches, output, pe, passes, packed, weights(packed), patch,
          new Multipliers(pe * patches.lanes(), true)));
    }

    private Memory weights(PackedWeights packed) {
      return Memory.of("weights", packed.words(), packed.wordLength() * packed.weightBits(), true, 1);
    }

    @Override
    public Void visit(Kernel.Reduce reduce) {
      if (Unit.isGlobal(reduce)) {
        int bits = reduce.reduction() == Reduction.MAX ? 8 : reduce.epilogue().inputs().get(0).interval().signedBits();
        Memory sums = Memory.of("sums", current.beatsPerPixel(), bits * current.lanes(), false, 1);
        append(new Stage.GlobalPool(header("", true), reduce, current, mapOf(reduce.output(), current.lanes()), sums));
        return null;
      }
      int fill = reduce.reduction() == Reduction.MAX ? -128 : 0;
      Patches patches = patches(reduce.window(), current.beatsPerPixel(), fill);
      int lanes = requantisers(folding.pe(), patches.beatsPerGroup(), folding.pe(), 1);
      append(new Stage.Pool(header("", true), reduce, patches, mapOf(reduce.output(), lanes)));
      return null;
    }

    @Override
    public Void visit(Kernel.Map map) {
      append(new Stage.Elementwise(header("", true), map.body(), current, mapOf(map.output(), current.lanes())));
      return null;
    }

    @Override
    public Void visit(Kernel.Table table) {
      append(new Stage.Lookup(header("", true), table.table(), current, mapOf(table.output(), current.lanes())));
      return null;
    }

    @Override
    public Void visit(Kernel.RowSoftmax softmax) {
      append(new Stage.Softmax(header("", true), softmax, current, mapOf(softmax.output(), 1),
          SoftmaxTiming.of(softmax).interval()));
      return null;
    }

    @Override
    public Void visit(Kernel.Move move) {
      List<Integer> to = move.pieces().get(0).to();
      append(new Stage.Pad(header("", true), to.get(1), to.get(2), move.fill().orElseThrow(), current,
          mapOf(move.output(), current.lanes())));
      return null;
    }
  }
}
