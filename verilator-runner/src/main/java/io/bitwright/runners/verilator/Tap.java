package io.bitwright.runners.verilator;

import io.bitwright.dataflow.Channel;
import io.bitwright.dataflow.DataflowPlan;
import io.bitwright.dataflow.FeatureMap;
import io.bitwright.ir.kernel.Value;
import io.bitwright.ir.type.TensorData;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A channel through which a tensor of the program passes.
 *
 * @param value  the tensor
 * @param origins  source operators whose output it is, under any shape
 */
record Tap(Channel channel, FeatureMap map, Value value, List<Integer> origins) {
  static List<Tap> of(DataflowPlan plan) {
    List<Tap> taps = new ArrayList<>();
    for (Channel channel : plan.channels()) {
      if (channel.from() >= 0 && channel.stream() instanceof FeatureMap map) {
        plan.stages().get(channel.from()).header().value().ifPresent(
            value -> taps.add(new Tap(channel, map, value, origins(plan, value))));
      }
    }
    return taps;
  }

  private static List<Integer> origins(DataflowPlan plan, Value value) {
    return plan.program().values().stream().filter(v -> v.root() == value.root())
        .flatMap(v -> v.origins().stream()).toList();
  }

  /** Reads one frame out of all beats and enters it under its operators as the model types it. */
  void read(byte[] beats, int frame, Map<Integer, byte[]> layers) {
    byte[] codes = Beats.unpack(map, beats, Math.toIntExact(frame * map.beats() * map.lanes()));
    if (value.recentred()) {
      TensorData.recentre(codes);
    }
    origins.forEach(operator -> layers.put(operator, codes));
  }
}
