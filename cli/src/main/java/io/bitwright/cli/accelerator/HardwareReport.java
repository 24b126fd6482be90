package io.bitwright.cli.accelerator;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.bitwright.boards.Board;
import io.bitwright.cli.console.Console;
import io.bitwright.cli.console.TextTable;
import io.bitwright.dataflow.DataflowPlan;
import io.bitwright.dataflow.Prediction;
import io.bitwright.dataflow.timing.PlanSimulation;
import io.bitwright.runners.HardwareFigures;
import io.bitwright.runners.HardwareFigures.ChannelMark;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/** What a run of an accelerator measured, for people and programs. */
public record HardwareReport(HardwareFigures figures, Board board) {
  /** What a plan promises, where nothing is measured: interval and latency are those predicted. */
  public static HardwareFigures planned(DataflowPlan plan, long macs) {
    Prediction prediction = PlanSimulation.of(plan);
    return new HardwareFigures(OptionalLong.of(prediction.intervalCycles()),
        OptionalLong.of(prediction.latencyCycles()), OptionalLong.empty(), OptionalLong.empty(), plan.macLanes(), macs,
        List.of());
  }

  public void print(Console console) {
    console.print("");
    cycles(console, "interval", figures.intervalCycles(), figures.predictedIntervalCycles());
    cycles(console, "latency", figures.latencyCycles(), figures.predictedLatencyCycles());
    console.print("lanes     %,d%s", figures.lanes(), figures.utilisation().isPresent()
        ? String.format(Locale.ROOT, ", %.1f %% of their cycles used", 100 * figures.utilisation().getAsDouble()) : "");
    if (board.clockHz() > 0 && board.fabric().isPresent() && figures.intervalCycles().isPresent()) {
      console.print("rate      %.1f frames a second at the %,d MHz of %s",
          (double) board.clockHz() / figures.intervalCycles().getAsLong(), board.clockHz() / 1_000_000, board.name());
    }
    if (!figures.channels().isEmpty()) {
      console.print("");
      TextTable table = new TextTable().row("channel", "depth", "most", "beats", "blocked cycles");
      figures.channels().forEach(c -> table.row(c.name(), String.valueOf(c.depth()), String.valueOf(c.highWater()),
          grouped(c.beats()), grouped(c.blockedCycles())));
      console.print(table);
    }
  }

  private static void cycles(Console console, String name, OptionalLong seen, OptionalLong predicted) {
    if (seen.isPresent()) {
      console.print("%-10s%,d cycles%s", name, seen.getAsLong(), predicted.isPresent()
          ? String.format(Locale.ROOT, ", predicted %,d (%+.2f %%)", predicted.getAsLong(),
              100.0 * (predicted.getAsLong() - seen.getAsLong()) / seen.getAsLong()) : "");
    }
  }

  /** A few words for a line of a table. */
  public String words() {
    return (figures.intervalCycles().isPresent() ? "interval " + grouped(figures.intervalCycles().getAsLong()) + " cycles, "
        : "") + grouped(figures.lanes()) + " lanes" + (figures.utilisation().isPresent()
            ? String.format(Locale.ROOT, " used %.1f %%", 100 * figures.utilisation().getAsDouble()) : "");
  }

  private static String grouped(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** Adds what applies to a command's object. */
  public void addTo(JsonObject object) {
    add(object, "intervalCycles", figures.intervalCycles());
    add(object, "latencyCycles", figures.latencyCycles());
    add(object, "predictedIntervalCycles", figures.predictedIntervalCycles());
    add(object, "predictedLatencyCycles", figures.predictedLatencyCycles());
    object.addProperty("lanes", figures.lanes());
    figures.utilisation().ifPresent(share -> object.addProperty("utilisation", share));
    if (!figures.channels().isEmpty()) {
      JsonArray channels = new JsonArray();
      figures.channels().forEach(channel -> channels.add(json(channel)));
      object.add("channels", channels);
    }
  }

  private static void add(JsonObject object, String key, OptionalLong number) {
    if (number.isPresent()) {
      object.addProperty(key, number.getAsLong());
    }
  }

  private static JsonObject json(ChannelMark channel) {
    JsonObject object = new JsonObject();
    object.addProperty("name", channel.name());
    object.addProperty("depth", channel.depth());
    object.addProperty("highWater", channel.highWater());
    object.addProperty("beats", channel.beats());
    object.addProperty("blockedCycles", channel.blockedCycles());
    return object;
  }
}
