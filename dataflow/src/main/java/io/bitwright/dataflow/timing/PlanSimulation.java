package io.bitwright.dataflow.timing;

import io.bitwright.dataflow.DataflowPlan;
import io.bitwright.dataflow.Patches;
import io.bitwright.dataflow.Prediction;
import io.bitwright.dataflow.Stage;
import java.util.ArrayList;
import java.util.List;

/** Runs the counters of all stages of a plan: a source that never pauses, a sink that takes everything. */
public final class PlanSimulation {
  private static final int FRAMES = 3;
  private static final long DEADLOCK_FACTOR = 20;

  private final DataflowPlan plan;
  private final List<Fifo> fifos;
  private final List<StageModel> models = new ArrayList<>();

  private PlanSimulation(DataflowPlan plan) {
    this.plan = plan;
    this.fifos = plan.channels().stream().map(c -> new Fifo(c.depth())).toList();
    for (int i = 0; i < plan.stages().size(); i++) {
      models.add(model(plan.stages().get(i), fifos.get(i), fifos.get(i + 1)));
    }
  }

  /**
   * Predicts.
   *
   * @throws IllegalStateException if the plan comes to a standstill
   */
  public static Prediction of(DataflowPlan plan) {
    return new PlanSimulation(plan).run();
  }

  private static StageModel model(Stage stage, Fifo in, Fifo out) {
    int latency = Latency.of(stage);
    if (stage instanceof Stage.LineBuffer lines) {
      return new LineBufferModel(in, out, lines, Latency.LINE_BUFFER - 1);
    } else if (stage instanceof Stage.Dense dense) {
      return new AccumulatingModel(in, out, dense.input(), dense.output(), dense.pe(), dense.outputFolds(), latency);
    } else if (stage instanceof Stage.Depthwise || stage instanceof Stage.Pool) {
      Patches patches = (Patches) stage.input();
      return new AccumulatingModel(
          in, out, patches, (io.bitwright.dataflow.FeatureMap) stage.output(), patches.wordLanes(), 1, latency);
    } else if (stage instanceof Stage.GlobalPool pool) {
      long beats = pool.input().beats();
      return new StreamingModel(in, out, beats, beats - pool.input().beatsPerPixel(), latency);
    } else if (stage instanceof Stage.Pad pad) {
      return new PadModel(in, out, pad, latency);
    } else if (stage instanceof Stage.Repack repack) {
      return new RepackModel(in, out, repack);
    } else if (stage instanceof Stage.Softmax softmax) {
      return new SoftmaxModel(in, out, softmax);
    }
    return new StreamingModel(in, out, stage.input().beats(), 0, latency);
  }

  private Prediction run() {
    long limit = DEADLOCK_FACTOR * plan.stages().stream().mapToLong(Stage::intervalCycles).sum() + 100_000;
    long offered = FRAMES * plan.input().beats();
    Fifo first = fifos.get(0);
    Fifo last = fifos.get(fifos.size() - 1);
    long[] ends = new long[FRAMES];
    long firstTaken = -1;
    int frame = 0;
    for (long cycle = 0; frame < FRAMES; cycle++) {
      if (cycle > limit) {
        throw new IllegalStateException("plan " + plan.name() + " stands still after frame " + frame);
      }
      if (offered > 0 && first.canWrite()) {
        first.write();
        offered--;
        firstTaken = firstTaken < 0 ? cycle : firstTaken;
      }
      models.forEach(StageModel::cycle);
      if (last.canRead()) {
        last.read();
        if (last.reads() == (frame + 1) * plan.output().beats()) {
          ends[frame++] = cycle;
        }
      }
      fifos.forEach(Fifo::endCycle);
    }
    return new Prediction(ends[FRAMES - 1] - ends[FRAMES - 2], ends[0] - firstTaken,
        models.stream().map(m -> m.busyCycles() / FRAMES).toList(), fifos.stream().map(Fifo::highWater).toList());
  }
}
