package io.bitwright.dataflow.cost;

import io.bitwright.boards.Fabric.Family;
import io.bitwright.dataflow.Channel;
import io.bitwright.dataflow.DataflowPlan;
import io.bitwright.dataflow.FeatureMap;
import io.bitwright.dataflow.Memory;
import io.bitwright.dataflow.Multipliers;
import io.bitwright.dataflow.Stage;
import io.bitwright.dataflow.Stream;
import io.bitwright.ir.scalar.Scalar;
import java.util.List;

/** Resources of a plan's stages and channels for one family of devices. */
public final class ResourceModel {
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
    return Resources.ofLuts(luts.fifo(channel.depth(), channel.bits()));
  }

  /** A stage without the FIFO in front of it. */
  public Resources of(Stage stage) {
    if (stage instanceof Stage.LineBuffer lines) {
      return memory(lines.lines()).plus(Resources.ofLuts(luts.lineBuffer(lines)));
    } else if (stage instanceof Stage.Dense dense) {
      Resources patch = dense.patch().map(this::memory).orElse(Resources.NONE);
      return patch.plus(memory(dense.weights())).plus(accumulating(dense.input().lanes(), dense.pe(),
          dense.packed().weightBits(), dense.epilogue(), dense.output(), dense.multipliers()));
    } else if (stage instanceof Stage.Depthwise depthwise) {
      return memory(depthwise.weights()).plus(accumulating(depthwise.input().tapLanes(), depthwise.pe(),
          depthwise.packed().weightBits(), depthwise.epilogue(), depthwise.output(), depthwise.multipliers()));
    } else if (stage instanceof Stage.Pool pool) {
      return Resources.ofLuts(luts.reduction(pool.input().lanes(), accumulatorBits(pool.epilogue())))
          .plus(bodies(pool.epilogue(), pool.output().lanes(), true));
    } else if (stage instanceof Stage.GlobalPool pool) {
      return memory(pool.accumulators())
          .plus(Resources.ofLuts(luts.reduction(pool.input().lanes(), accumulatorBits(pool.epilogue()))))
          .plus(bodies(pool.epilogue(), pool.output().lanes(), true));
    } else if (stage instanceof Stage.Softmax softmax) {
      return Resources.ofLuts(luts.softmax()).plus(softmaxMemories(softmax));
    } else if (stage instanceof Stage.Elementwise map) {
      return bodies(map.body(), map.input().lanes(), true);
    } else if (stage instanceof Stage.Lookup lookup) {
      return memory(new Memory("table", 256, 8, true, Memory.Style.DISTRIBUTED, 1)).times(lookup.input().lanes());
    } else if (stage instanceof Stage.Repack repack) {
      return Resources.ofLuts(luts.repack(repack));
    }
    return Resources.ofLuts(luts.counters());
  }

  private Resources accumulating(
      int lanes, int pe, int weightBits, Scalar epilogue, FeatureMap output, Multipliers multipliers) {
    int accumulator = accumulatorBits(epilogue);
    int inLuts = lanes * pe - multipliers.macInDsp();
    double logic = inLuts * luts.product(weightBits, 8) + luts.accumulators(lanes, pe, weightBits + 8, accumulator)
        + luts.serialiser(Stream.ceilDiv(pe, output.lanes()), output.lanes(), accumulator) + luts.counters();
    return new Resources(Math.round(logic), (long) multipliers.macInDsp() * blocks.dsp(weightBits, 8), 0)
        .plus(bodies(epilogue, output.lanes(), multipliers.requantiserInDsp()));
  }

  private static int accumulatorBits(Scalar epilogue) {
    return epilogue.inputs().get(0).interval().signedBits();
  }

  /** Some copies of a scalar body. */
  private Resources bodies(Scalar body, int copies, boolean productsInDsp) {
    Resources sum = Resources.NONE;
    for (Scalar.Value value : body.values()) {
      List<Scalar.Value> args = value.args();
      sum = sum.plus(switch (value.opcode()) {
        case MUL -> product(bits(args.get(0)), bits(args.get(1)), productsInDsp);
        case DIV -> product(bits(args.get(0)), bits(args.get(0)) + 1, productsInDsp);
        case LOOKUP -> Resources.ofLuts(luts.table(value.table().size() / copies, value.interval().signedBits()));
        default -> Resources.ofLuts(luts.operation(value));
      });
    }
    return sum.times(copies);
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

  private Resources softmaxMemories(Stage.Softmax softmax) {
    return new Resources(0, blocks.dsp(33, 33), 3);
  }
}
