package io.bitwright.cli.accelerator;

import io.bitwright.boards.Fabric;
import io.bitwright.cli.console.Console;
import io.bitwright.cli.console.TextTable;
import io.bitwright.dataflow.DataflowPlan;
import io.bitwright.dataflow.cost.ResourceModel;
import io.bitwright.dataflow.cost.Resources;
import io.bitwright.runners.synthesis.SynthesisFigures;
import java.util.Locale;

/** What a plan was expected to take of a device beside what synthesis came to. */
public record SynthesisReport(DataflowPlan plan, Fabric fabric, SynthesisFigures figures) {
  public void print(Console console) {
    Resources predicted = new ResourceModel(fabric.family()).of(plan);
    TextTable table = new TextTable().row("", "yosys", "predicted", "", "board");
    row(table, "LUT", figures.luts(), predicted.luts(), fabric.luts());
    table.row("flip-flops", grouped(figures.flipFlops()));
    row(table, "DSP", figures.dspBlocks(), predicted.dspBlocks(), fabric.dspBlocks());
    row(table, "BRAM (18 Kb)", figures.blockRams(), predicted.blockRams(), fabric.blockRams());
    console.print(table);
  }

  private static void row(TextTable table, String name, long seen, long predicted, long limit) {
    String difference = seen == 0 ? "" : String.format(Locale.ROOT, "%+.1f %%", 100.0 * (predicted - seen) / seen);
    table.row(name, grouped(seen), grouped(predicted), difference, grouped(limit));
  }

  private static String grouped(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }
}
