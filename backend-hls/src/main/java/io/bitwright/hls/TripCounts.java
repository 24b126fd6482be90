package io.bitwright.hls;

import io.bitwright.dataflow.DataflowPlan;
import io.bitwright.dataflow.FeatureMap;
import io.bitwright.dataflow.Stage;
import io.bitwright.dataflow.Stream;

/**
 * Iterations of a stage's pipelined loops, each of which takes a cycle.
 *
 * @param first  for the first frame of a call
 * @param more  for each further one
 */
public record TripCounts(long first, long more) {
  /** For a call of so many frames. */
  public long of(int frames) {
    return first + (frames - 1) * more;
  }

  /** Of a stage. */
  public static TripCounts of(Stage stage) {
    if (stage instanceof Stage.LineBuffer lines) {
      return new LineBufferSchedule(lines).trips();
    }
    if (stage instanceof Stage.Repack repack) {
      return new RepackSchedule(repack).trips();
    }
    long interval = stage.intervalCycles();
    return new TripCounts(interval + resultsAfter(stage), interval);
  }

  /** Cycles from frame to frame when many follow each other: those of the slowest stage. */
  public static long intervalCycles(DataflowPlan plan) {
    return plan.stages().stream().mapToLong(s -> of(s).more()).max().orElseThrow();
  }

  /** Beats of results that leave after the last beat of input has come. */
  private static long resultsAfter(Stage stage) {
    if (stage instanceof Stage.Dense dense) {
      int last = dense.outputsPerGroup() - (dense.outputFolds() - 1) * dense.pe();
      return Stream.ceilDiv(last, dense.requantisers()) - 1;
    }
    if (stage instanceof Stage.Depthwise depthwise) {
      return resultsAfter(depthwise.output(), depthwise.pe());
    }
    return stage instanceof Stage.Pool pool ? resultsAfter(pool.output(), pool.pe()) : 0;
  }

  private static long resultsAfter(FeatureMap output, int pe) {
    int last = output.channels() - (Stream.ceilDiv(output.channels(), pe) - 1) * pe;
    return Stream.ceilDiv(last, output.lanes()) - 1;
  }
}
