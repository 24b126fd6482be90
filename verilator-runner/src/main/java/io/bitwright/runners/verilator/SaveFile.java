package io.bitwright.runners.verilator;

import io.bitwright.dataflow.Channel;
import io.bitwright.dataflow.DataflowPlan;
import io.bitwright.ir.diag.Printable;
import io.bitwright.runners.SimulationOptions.Waveform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A save file for GTKWave beside a waveform: the two ends, then a group a channel named after the stages it joins, with a
 * marker where each frame begins. The format is that of GTKWave 3.3, appendix D of its manual: a line of flags, then what
 * they apply to.
 */
final class SaveFile {
  private static final int TIME_UNITS_A_CYCLE = 10;
  /** Markers A to Z. */
  private static final int MOST_MARKERS = 26;
  private static final String BINARY = "@28";
  private static final String HEXADECIMAL = "@22";
  private static final String DECIMAL = "@24";
  private static final String GROUP = "@c00200";
  private static final String GROUP_END = "@1401200";
  private static final String COMMENT = "@200";

  private final StringBuilder text = new StringBuilder();
  private final String top;

  private SaveFile(DataflowPlan plan) {
    this.top = "TOP." + plan.name() + ".";
  }

  /** Writes the save file: the waveform's name with .gtkw behind. */
  static void write(Waveform waveform, DataflowPlan plan, SimulationRun.Result result) throws IOException {
    Path file = waveform.file().resolveSibling(waveform.file().getFileName() + ".gtkw");
    Files.writeString(file, new SaveFile(plan).text(waveform, plan, result));
  }

  private String text(Waveform waveform, DataflowPlan plan, SimulationRun.Result result) {
    line("[dumpfile] \"" + waveform.file().toAbsolutePath() + "\"");
    line("[timestart] 0");
    line("[size] 1600 900");
    markers(result);
    line("[treeopen] TOP.");
    line(COMMENT, "-" + plan.name() + "; markers A, B, ...: the first beats of frames");
    line(BINARY, top + "clock", top + "reset");
    end("input", "ifm", plan.input().lanes());
    end("output", "ofm", plan.output().lanes());
    plan.channels().forEach(channel -> channel(plan, channel));
    return text.toString();
  }

  /** Zoom, the primary marker, then A, B, ...: times, or -1. */
  private void markers(SimulationRun.Result result) {
    text.append("*-12.000000 ").append(result.startTime());
    int count = Math.min(result.frames().length, MOST_MARKERS);
    for (int i = 0; i < MOST_MARKERS; i++) {
      text.append(' ').append(i < count ? result.startTime() + TIME_UNITS_A_CYCLE * result.frames()[i][0] : -1);
    }
    text.append('\n');
    for (int i = 0; i < count; i++) {
      line("[markername] " + (char) ('A' + i) + "frame " + i);
    }
  }

  private void end(String title, String stream, int lanes) {
    line(COMMENT, "-" + title);
    line(BINARY, top + stream + "_valid", top + stream + "_ready");
    line(HEXADECIMAL, top + stream + "_bits" + range(lanes));
  }

  private void channel(DataflowPlan plan, Channel channel) {
    String title = "-" + channel.id() + " " + stage(plan, channel.from(), "input") + " to "
        + stage(plan, channel.to(), "output");
    String probe = top + "probe_" + channel.id() + "_";
    line(GROUP, title);
    line(BINARY, probe + "fire", probe + "blocked");
    line(DECIMAL, probe + "count" + countRange(channel));
    line(HEXADECIMAL, probe + "bits" + range(channel.stream().lanes()));
    line(GROUP_END, title);
  }

  private static String stage(DataflowPlan plan, int index, String outside) {
    return index < 0 ? outside : Printable.of(plan.stages().get(index).name());
  }

  private static String range(int lanes) {
    return "[" + (8 * lanes - 1) + ":0]";
  }

  /** A count goes up to the depth. */
  private static String countRange(Channel channel) {
    return "[" + (31 - Integer.numberOfLeadingZeros(channel.depth())) + ":0]";
  }

  private void line(String... lines) {
    for (String line : lines) {
      text.append(line).append('\n');
    }
  }
}
