package io.bitwright.dataflow.fold;

import io.bitwright.boards.Fabric;
import io.bitwright.dataflow.DataflowPlan;
import io.bitwright.dataflow.Multipliers;
import io.bitwright.dataflow.Stage;
import io.bitwright.dataflow.cost.ResourceModel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Which multipliers become look-up tables where the device has too few blocks: MAC lanes first, from the stages with the
 * narrowest weights and the fewest lanes on, then requantisers. A MAC lane costs fewer tables for a block than a requantiser's
 * wide product does.
 */
final class MultiplierChoice {
  private final Fabric fabric;
  private final ResourceModel model;

  MultiplierChoice(Fabric fabric) {
    this.fabric = fabric;
    this.model = new ResourceModel(fabric.family());
  }

  /** The plan with as few multipliers of tables as its blocks allow. */
  DataflowPlan apply(DataflowPlan plan) {
    List<Stage> stages = new ArrayList<>(plan.stages());
    long excess = model.of(plan).dspBlocks() - fabric.dspBlocks();
    List<Integer> order = IntStream.range(0, stages.size()).boxed()
        .filter(i -> DataflowPlan.macLanes(stages.get(i)) > 0)
        .sorted(Comparator.comparingInt(i -> DataflowPlan.macLanes(stages.get(i)))).toList();
    for (int i : order) {
      if (excess <= 0) {
        break;
      }
      int lanes = DataflowPlan.macLanes(stages.get(i));
      int moved = (int) Math.min(excess, lanes);
      stages.set(i, with(stages.get(i), new Multipliers(lanes - moved, true)));
      excess -= moved;
    }
    for (int i : order) {
      if (excess <= 0) {
        break;
      }
      long before = model.of(stages.get(i)).dspBlocks();
      stages.set(i, with(stages.get(i), new Multipliers(0, false)));
      excess -= before - model.of(stages.get(i)).dspBlocks();
    }
    return new DataflowPlan(plan.name(), plan.program(), stages, plan.channels());
  }

  private static Stage with(Stage stage, Multipliers multipliers) {
    if (stage instanceof Stage.Dense d) {
      return new Stage.Dense(d.header(), d.kernel(), d.input(), d.output(), d.pe(), d.outputFolds(), d.packed(), d.weights(),
          d.patch(), multipliers);
    }
    Stage.Depthwise d = (Stage.Depthwise) stage;
    return new Stage.Depthwise(d.header(), d.kernel(), d.input(), d.output(), d.packed(), d.weights(), multipliers);
  }
}
