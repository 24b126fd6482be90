package io.bitwright.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.bitwright.boards.Board;
import io.bitwright.boards.Boards;
import io.bitwright.cli.accelerator.AcceleratorReport;
import io.bitwright.cli.console.Console;
import io.bitwright.cli.console.TextTable;
import io.bitwright.cli.cost.BoardFit;
import io.bitwright.cli.cost.CostJson;
import io.bitwright.cli.cost.CostText;
import io.bitwright.cli.option.ModelOptions;
import io.bitwright.cli.picture.NetworkPicture;
import io.bitwright.cli.picture.PictureFormat;
import io.bitwright.compiler.Compiler;
import io.bitwright.compiler.Network;
import io.bitwright.compiler.data.OutputFile;
import io.bitwright.dataflow.fold.DataflowPlanner;
import io.bitwright.frontend.SupportedOperators;
import io.bitwright.ir.cost.NetworkCost;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Shows what a network consists of and what it costs, as its file has it. */
@Command(name = "inspect", mixinStandardHelpOptions = true,
    description = "Show layers, shapes, parameters, multiply-accumulates, memory and traffic.")
final class InspectCommand implements Runnable {
  @Mixin
  private ModelOptions model;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Option(names = "--graph", paramLabel = "FILE", description = "Draw the network: FILE.svg, or FILE.dot for Graphviz.")
  private Optional<Path> picture = Optional.empty();

  @Option(names = "--board", paramLabel = "NAME",
      description = "With programmable logic: plan the accelerator and show its stages, cycles and resources. A"
          + " microcontroller: show what of its memory is taken.")
  private Optional<String> board = Optional.empty();

  @Option(names = "--lanes", paramLabel = "N",
      description = "With --board: MAC multipliers of the accelerator; the most that fit by default.")
  private Optional<Integer> lanes = Optional.empty();

  @Option(names = "--supported-ops", help = true, description = "List the operators of files that can be imported.")
  private boolean supported;

  @Spec
  private CommandSpec spec;

  @Override
  public void run() {
    Console console = new Console(spec);
    if (supported) {
      listOperators(console);
      return;
    }
    if (lanes.isPresent() && board.isEmpty()) {
      throw new ParameterException(spec.commandLine(), "--lanes goes with --board");
    }
    Optional<PictureFormat> format = picture.map(this::format);
    Optional<Board> chosen = board.map(name -> Boards.find(name).board());
    Optional<Board> controller = chosen.filter(b -> b.memory().isPresent() && b.fabric().isEmpty());
    Compiler compiler = model.compiler(console);
    boolean planned = chosen.isPresent() && controller.isEmpty();
    Network network = model.load(planned ? compiler.quantizing().integersOnly() : compiler, console);
    NetworkCost cost = cost(network);
    Optional<BoardFit> fit = controller.map(b -> BoardFit.of(network, b));
    format.ifPresent(f -> draw(network, f));
    Optional<AcceleratorReport> accelerator = chosen.filter(b -> planned).map(b -> accelerator(network, cost, b));
    if (json) {
      JsonObject object = CostJson.of(network, cost);
      accelerator.ifPresent(report -> object.add("accelerator", report.json()));
      fit.ifPresent(f -> object.add("board", f.json()));
      console.print("%s", object);
    } else if (accelerator.isPresent()) {
      console.print("%s", CostText.title(network));
      accelerator.get().print(console);
    } else {
      console.print("%s", CostText.title(network));
      TextTable layers = new TextTable();
      CostText.layers(cost).forEach(row -> layers.row(row.toArray(String[]::new)));
      console.print(layers);
      console.print("");
      CostText.totals(network, cost).forEach(line -> console.print("%s", line));
      fit.ifPresent(f -> f.lines().forEach(line -> console.print("%s", line)));
    }
  }

  /** That of the network as it is computed; what was trained is counted on what was read. */
  private static NetworkCost cost(Network network) {
    NetworkCost read = NetworkCost.of(network.imported());
    if (!network.isQuantized()) {
      return read;
    }
    NetworkCost quantised = NetworkCost.of(network.definition());
    return new NetworkCost(
        quantised.layers(), read.trainableParameters(), read.foldedParameters(), quantised.convolutionTraffic());
  }

  private void listOperators(Console console) {
    JsonArray all = new JsonArray();
    TextTable table = new TextTable().row("file", "operator", "versions", "restrictions");
    for (SupportedOperators.Row row : SupportedOperators.rows()) {
      table.row(row.format(), row.operator(), row.versions(), row.restrictions());
      JsonObject object = new JsonObject();
      object.addProperty("format", row.format());
      object.addProperty("operator", row.operator());
      object.addProperty("versions", row.versions());
      object.addProperty("restrictions", row.restrictions());
      all.add(object);
    }
    if (json) {
      console.print("%s", all);
    } else {
      console.print(table);
    }
  }

  private AcceleratorReport accelerator(Network network, NetworkCost cost, Board board) {
    OptionalInt budget = lanes.map(OptionalInt::of).orElse(OptionalInt.empty());
    return new AcceleratorReport(
        DataflowPlanner.plan(network.identifier(), network.program(), board, budget), board, cost.macs());
  }

  private void draw(Network network, PictureFormat format) {
    String text = NetworkPicture.of(network.imported(), network.name()).text(format);
    OutputFile.replace(picture.orElseThrow(), text.getBytes(StandardCharsets.US_ASCII));
  }

  private PictureFormat format(Path file) {
    return PictureFormat.of(file).orElseThrow(() -> new ParameterException(spec.commandLine(),
        "--graph " + file + ": the file's name must end in one of ." + String.join(", .", PictureFormat.extensions())));
  }
}
