package io.bitwright.dataflow.cost;

import io.bitwright.boards.Fabric.Family;
import io.bitwright.dataflow.Channel;
import io.bitwright.dataflow.DataflowPlan;
import io.bitwright.dataflow.FeatureMap;
import io.bitwright.dataflow.Memory;
import io.bitwright.dataflow.Multipliers;
import io.bitwright.dataflow.PackedWeights;
import io.bitwright.dataflow.Stage;
import io.bitwright.dataflow.Stream;
import io.bitwright.ir.scalar.Scalar;
import java.util.List;

/** Resources of a plan's stages and channels for one family of devices. */
public final class ResourceModel {
  /** Numbers of softmax's exponentials and sums. */
  private static final int SOFTMAX_BITS = 32;

  private final Blocks blocks;
  private final LutModel luts;

  public ResourceModel(Family family) {
    this.blocks = new Blocks(family);
    this.luts = LutModel.of(family);
  }

  /** Everything. */
  public Resources of(DataflowPlan plan) {
    Resources sum = Resources.NONE;
    for (int i = 0; i < plan.stages().size(); i++) {
      sum = sum.plus(of(plan.stages().get(i))).plus(of(plan.channels().get(i)));
    }
    return sum.plus(of(plan.channels().get(plan.channels().size() - 1)));
  }

  /** A FIFO. */
  public Resources of(Channel channel) {
    return flattened(apart(channel));
  }

  /** A stage without the FIFO in front of it. */
  public Resources of(Stage stage) {
    return flattened(apart(stage));
  }

  private Resources flattened(Resources apart) {
    return new Resources(Math.round(apart.luts() * luts.flattened()), apart.dspBlocks(), apart.blockRams());
  }

  private Resources apart(Channel channel) {
    Memory memory = Memory.of("held", channel.depth(), channel.bits(), false, 1);
    return memory.style() == Memory.Style.BLOCK
        ? new Resources(Math.round(luts.fifo(2, channel.bits())), 0, blocks.ram(memory))
        : Resources.ofLuts(luts.fifo(channel.depth(), channel.bits()));
  }

  private Resources apart(Stage stage) {
    if (stage instanceof Stage.LineBuffer lines) {
      return memory(lines.lines()).plus(Resources.ofLuts(luts.lineBuffer(lines)));
    } else if (stage instanceof Stage.Dense dense) {
      Resources patch = dense.patch().map(this::memory).orElse(Resources.NONE);
      return patch.plus(memory(dense.weights())).plus(biases(dense.packed(), dense.epilogue()))
          .plus(accumulating(dense.input().lanes(), dense.pe(), dense.packed().weightBits(), dense.epilogue(),
              dense.output(), dense.multipliers()));
    } else if (stage instanceof Stage.Depthwise depthwise) {
      return memory(depthwise.weights()).plus(biases(depthwise.packed(), depthwise.epilogue()))
          .plus(accumulating(depthwise.input().tapLanes(), depthwise.pe(), depthwise.packed().weightBits(),
              depthwise.epilogue(), depthwise.output(), depthwise.multipliers()));
    } else if (stage instanceof Stage.Pool pool) {
      return Resources.ofLuts(luts.reduction(pool.input().lanes(), accumulatorBits(pool.epilogue())))
          .plus(bodies(pool.epilogue(), pool.output(), true));
    } else if (stage instanceof Stage.GlobalPool pool) {
      return memory(pool.accumulators())
          .plus(Resources.ofLuts(luts.reduction(pool.input().lanes(), accumulatorBits(pool.epilogue()))))
          .plus(bodies(pool.epilogue(), pool.output(), true));
    } else if (stage instanceof Stage.Softmax softmax) {
      return new Resources(Math.round(luts.softmax()), blocks.dsp(SOFTMAX_BITS, SOFTMAX_BITS), 0)
          .plus(memory(Memory.of("table", 256, SOFTMAX_BITS, true, 2)))
          .plus(memory(Memory.of("codes", softmax.input().channels(), 8, false, 1)));
    } else if (stage instanceof Stage.Elementwise map) {
      return bodies(map.body(), map.output(), true);
    } else if (stage instanceof Stage.Lookup lookup) {
      return memory(new Memory("table", 256, 8, true, Memory.Style.DISTRIBUTED, 1)).times(lookup.input().lanes());
    } else if (stage instanceof Stage.Repack repack) {
      return Resources.ofLuts(luts.repack(repack));
    }
    return Resources.ofLuts(luts.counters());
  }

  private Resources biases(PackedWeights packed, Scalar epilogue) {
    long[][] biases = packed.biases();
    return memory(Memory.of("biases", biases.length, biases[0].length * accumulatorBits(epilogue), true, 1));
  }

  private Resources accumulating(
      int lanes, int pe, int weightBits, Scalar epilogue, FeatureMap output, Multipliers multipliers) {
    int accumulator = accumulatorBits(epilogue);
    int inLuts = lanes * pe - multipliers.macInDsp();
    double logic = inLuts * luts.product(weightBits, 8) + luts.accumulators(lanes, pe, weightBits + 8, accumulator)
        + luts.serialiser(Stream.ceilDiv(pe, output.lanes()), output.lanes(), accumulator) + luts.counters();
    return new Resources(Math.round(logic), (long) multipliers.macInDsp() * blocks.dsp(weightBits, 8), 0)
        .plus(bodies(epilogue, output, multipliers.requantiserInDsp()));
  }

  private static int accumulatorBits(Scalar epilogue) {
    return epilogue.inputs().get(0).interval().signedBits();
  }

  /** A scalar body in every lane; tables by channel are one memory for all lanes, a word a beat. */
  private Resources bodies(Scalar body, FeatureMap output, boolean productsInDsp) {
    Resources lane = Resources.NONE;
    Resources shared = Resources.NONE;
    for (Scalar.Value value : body.values()) {
      List<Scalar.Value> args = value.args();
      switch (value.opcode()) {
        case MUL -> lane = lane.plus(product(bits(args.get(0)), bits(args.get(1)), productsInDsp));
        case DIV -> lane = lane.plus(product(bits(args.get(0)), bits(args.get(0)) + 1, productsInDsp));
        case LOOKUP -> {
          if (args.get(0) == body.inputs().get(1)) {
            shared = shared.plus(
                memory(Memory.of("table", output.beatsPerPixel(), output.lanes() * bits(value), true, 1)));
          } else {
            lane = lane.plus(memory(Memory.of("table", value.table().size(), bits(value), true, 1)));
          }
        }
        default -> lane = lane.plus(Resources.ofLuts(luts.operation(value)));
      }
    }
    return lane.times(output.lanes()).plus(shared);
  }

  private static int bits(Scalar.Value value) {
    return value.interval().signedBits();
  }

  private Resources product(int a, int b, boolean inDsp) {
    return inDsp ? new Resources(Math.round(luts.productGlue(a, b)), blocks.dsp(a, b), 0)
        : Resources.ofLuts(luts.product(a, b));
  }

  private Resources memory(Memory memory) {
    return memory.style() == Memory.Style.BLOCK ? new Resources(0, 0, blocks.ram(memory))
        : Resources.ofLuts(luts.memory(memory));
  }
}
