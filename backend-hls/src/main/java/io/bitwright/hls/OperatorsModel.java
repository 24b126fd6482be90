package io.bitwright.hls;

import io.bitwright.dataflow.Channel;
import io.bitwright.dataflow.DataflowPlan;
import io.bitwright.dataflow.FeatureMap;
import io.bitwright.ir.kernel.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Which FIFO carries which source operator's result. Template {@code OperatorsModel.ftl}. */
public record OperatorsModel(List<Line> lines) {
  /** A source operator; its result comes in {@code lanes} codes a beat. */
  public record Line(int operator, String fifo, int pixels, int channels, int lanes, String type) {}

  static OperatorsModel of(DataflowPlan plan, List<String> fifos) {
    List<Line> lines = new ArrayList<>();
    for (Channel channel : plan.channels()) {
      Optional<Value> written = channel.from() == Channel.OUTSIDE
          ? Optional.of(plan.program().inputs().get(0))
          : plan.stages().get(channel.from()).header().value();
      written.ifPresent(value -> append(lines, plan, value, fifos.get(channel.id()), (FeatureMap) channel.stream()));
    }
    return new OperatorsModel(lines);
  }

  /** A value and its aliases are the same codes. */
  private static void append(List<Line> lines, DataflowPlan plan, Value written, String fifo, FeatureMap map) {
    for (Value value : plan.program().values()) {
      if (value.root() == written.root()) {
        value.origins().forEach(operator -> lines.add(new Line(operator, fifo, map.pixels(), map.channels(),
            map.lanes(), value.recentred() ? "uint8" : "int8")));
      }
    }
  }
}
