package io.bitwright.dataflow;

import io.bitwright.ir.kernel.Program;
import java.util.List;

/**
 * The accelerator of a program: stages in order of the stream, and the channels between them. Channel i is read by stage i and
 * written by stage i - 1; channel 0 is the network's input, the last one its output.
 *
 * @param name  a legal identifier in lower case
 */
public record DataflowPlan(String name, Program program, List<Stage> stages, List<Channel> channels) {
  public DataflowPlan {
    stages = List.copyOf(stages);
    channels = List.copyOf(channels);
    if (channels.size() != stages.size() + 1) {
      throw new IllegalArgumentException(stages.size() + " stages and " + channels.size() + " channels");
    }
    for (int i = 0; i < stages.size(); i++) {
      Stage stage = stages.get(i);
      if (channels.get(i).stream().beats() != stage.input().beats() || channels.get(i).to() != i
          || channels.get(i + 1).stream().beats() != stage.output().beats() || channels.get(i + 1).from() != i) {
        throw new IllegalArgumentException("stage " + stage.name() + " does not fit its channels");
      }
    }
  }

  /** The network's input as it arrives. */
  public FeatureMap input() {
    return (FeatureMap) channels.get(0).stream();
  }

  /** The network's output as it leaves. */
  public FeatureMap output() {
    return (FeatureMap) channels.get(channels.size() - 1).stream();
  }

  /** MAC multipliers, however built. */
  public int macLanes() {
    return stages.stream().mapToInt(DataflowPlan::macLanes).sum();
  }

  /** MAC multipliers of a stage. */
  public static int macLanes(Stage stage) {
    if (stage instanceof Stage.Dense dense) {
      return dense.macLanes();
    }
    return stage instanceof Stage.Depthwise depthwise ? depthwise.macLanes() : 0;
  }
}
