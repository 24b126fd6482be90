package io.bitwright.runners.verilator;

import io.bitwright.dataflow.Channel;
import io.bitwright.dataflow.DataflowPlan;

/** What the harness must know of a design when it is compiled. */
final class HarnessHeader {
  private HarnessHeader() {}

  static String of(DataflowPlan plan, boolean probes) {
    StringBuilder text = new StringBuilder();
    define(text, "IFM_BYTES", plan.input().lanes());
    define(text, "OFM_BYTES", plan.output().lanes());
    define(text, "CHANNELS", plan.channels().size());
    text.append("#define FOR_EACH_PROBE(P)");
    if (probes) {
      for (Channel channel : plan.channels()) {
        text.append(" \\\n  P(").append(channel.id()).append(", ").append(channel.stream().lanes()).append(')');
      }
    }
    return text.append('\n').toString();
  }

  private static void define(StringBuilder text, String name, int value) {
    text.append("#define ").append(name).append(' ').append(value).append('\n');
  }
}
