package io.bitwright.cli.accelerator;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.bitwright.boards.Board;
import io.bitwright.boards.Fabric;
import io.bitwright.cli.console.Console;
import io.bitwright.cli.console.TextTable;
import io.bitwright.dataflow.Channel;
import io.bitwright.dataflow.DataflowPlan;
import io.bitwright.dataflow.Prediction;
import io.bitwright.dataflow.Stage;
import io.bitwright.dataflow.cost.ResourceModel;
import io.bitwright.dataflow.cost.Resources;
import io.bitwright.dataflow.timing.PlanSimulation;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/** What an accelerator's plan consists of, how fast it is expected to be and what it takes of a board. */
public final class AcceleratorReport {
  private final DataflowPlan plan;
  private final Board board;
  private final long macs;
  private final Prediction prediction;
  private final Fabric.Family family;
  private final ResourceModel model;

  /**
   * Predicts.
   *
   * @param macs  multiply-accumulates of a frame
   */
  public AcceleratorReport(DataflowPlan plan, Board board, long macs) {
    this.plan = plan;
    this.board = board;
    this.macs = macs;
    this.prediction = PlanSimulation.of(plan);
    this.family = board.fabric().map(Fabric::family).orElse(Fabric.Family.XC7);
    this.model = new ResourceModel(family);
  }

  public void print(Console console) {
    TextTable table = new TextTable().row(
        "stage", "lanes", "interval", "busy", "DSP", "BRAM", "LUT", "FIFO", "out");
    for (int i = 0; i < plan.stages().size(); i++) {
      Stage stage = plan.stages().get(i);
      Resources need = needOf(i);
      int lanes = DataflowPlan.macLanes(stage);
      table.row(stage.name(), lanes == 0 ? "" : grouped(lanes), grouped(stage.intervalCycles()), percent(utilisation(i)),
          grouped(need.dspBlocks()), grouped(need.blockRams()), grouped(need.luts()),
          grouped(plan.channels().get(i).depth()), plan.output() == stage.output() ? "ofm" : width(i));
    }
    console.print(table);
    console.print("");
    summary(console);
  }

  private String width(int stage) {
    return plan.channels().get(stage + 1).stream().lanes() + " x 8 bit";
  }

  private void summary(Console console) {
    Resources need = model.of(plan);
    console.print("lanes         %s, %.1f %% of their cycles used", grouped(plan.macLanes()),
        100.0 * macs / ((double) plan.macLanes() * prediction.intervalCycles()));
    console.print("interval      %s cycles a frame%s", grouped(prediction.intervalCycles()), rate());
    console.print("latency       %s cycles", grouped(prediction.latencyCycles()));
    console.print("limited by    %s", String.join(", ", limits()));
    console.print("DSP           %s", share(need.dspBlocks(), board.fabric().map(Fabric::dspBlocks)));
    console.print("BRAM (18 Kb)  %s", share(need.blockRams(), board.fabric().map(Fabric::blockRams)));
    console.print("LUT           %s, an estimate", share(need.luts(), board.fabric().map(Fabric::luts)));
  }

  private String rate() {
    return board.clockHz() == 0 ? "" : String.format(Locale.ROOT, ", %.1f frames a second at %d MHz",
        (double) board.clockHz() / prediction.intervalCycles(), board.clockHz() / 1_000_000);
  }

  /** The stages that no other is slower than. */
  private List<String> limits() {
    long slowest = plan.stages().stream().mapToLong(Stage::intervalCycles).max().orElseThrow();
    return plan.stages().stream().filter(s -> s.intervalCycles() == slowest).map(Stage::name).limit(4).toList();
  }

  private Resources needOf(int stage) {
    return model.of(plan.stages().get(stage)).plus(model.of(plan.channels().get(stage)));
  }

  private double utilisation(int stage) {
    return (double) prediction.busyCycles().get(stage) / prediction.intervalCycles();
  }

  private static String share(long need, Optional<Integer> limit) {
    return grouped(need) + limit.map(l -> String.format(Locale.ROOT, " of %,d (%.0f %%)", l, 100.0 * need / l)).orElse("");
  }

  private static String grouped(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.0f %%", 100 * share);
  }

  public JsonObject json() {
    Resources need = model.of(plan);
    JsonObject object = resources(need);
    object.addProperty("board", board.name());
    object.addProperty("lanes", plan.macLanes());
    object.addProperty("intervalCycles", prediction.intervalCycles());
    object.addProperty("latencyCycles", prediction.latencyCycles());
    object.addProperty("utilisation", (double) macs / ((double) plan.macLanes() * prediction.intervalCycles()));
    JsonArray limits = new JsonArray();
    limits().forEach(limits::add);
    object.add("limitedBy", limits);
    JsonArray stages = new JsonArray();
    IntStream.range(0, plan.stages().size()).forEach(i -> stages.add(stage(i)));
    object.add("stages", stages);
    return object;
  }

  private JsonObject stage(int index) {
    Stage stage = plan.stages().get(index);
    Channel in = plan.channels().get(index);
    JsonObject object = resources(needOf(index));
    object.addProperty("name", stage.name());
    object.addProperty("lanes", DataflowPlan.macLanes(stage));
    object.addProperty("intervalCycles", stage.intervalCycles());
    object.addProperty("busyCycles", prediction.busyCycles().get(index));
    object.addProperty("inputLanes", in.stream().lanes());
    object.addProperty("fifoDepth", in.depth());
    object.addProperty("fifoHighWater", prediction.highWater().get(index));
    return object;
  }

  private static JsonObject resources(Resources need) {
    JsonObject object = new JsonObject();
    object.addProperty("dspBlocks", need.dspBlocks());
    object.addProperty("blockRams", need.blockRams());
    object.addProperty("luts", need.luts());
    return object;
  }
}
