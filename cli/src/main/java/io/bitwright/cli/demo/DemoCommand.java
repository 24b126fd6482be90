package io.bitwright.cli.demo;

import com.google.gson.JsonObject;
import io.bitwright.boards.Board;
import io.bitwright.boards.Boards;
import io.bitwright.cli.console.Console;
import io.bitwright.cli.console.ExitStatus;
import io.bitwright.cli.console.TextTable;
import io.bitwright.cli.tools.SystemTools;
import io.bitwright.compiler.BackEnds;
import io.bitwright.compiler.CompileObserver;
import io.bitwright.compiler.CompileOptions;
import io.bitwright.compiler.Compiler;
import io.bitwright.compiler.Inference;
import io.bitwright.compiler.Inference.Layers;
import io.bitwright.compiler.Network;
import io.bitwright.ir.cost.ConstantBytes;
import io.bitwright.ir.cost.NetworkCost;
import io.bitwright.runners.Execution;
import io.bitwright.runners.Executor;
import io.bitwright.runners.SimulationOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows the whole way on the shipped example: handwritten digits. */
@Command(name = "demo", mixinStandardHelpOptions = true,
    description = "Compile the shipped trained example and run its test pictures on every back end at hand.")
public final class DemoCommand implements Callable<Integer> {
  @Option(names = "--board", paramLabel = "NAME", defaultValue = "nucleo-f446re",
      description = "The board to compile for. Default: ${DEFAULT-VALUE}.")
  private String boardName;

  @Option(names = {"-o", "--output"}, paramLabel = "DIR", description = "Keep the generated C here.")
  private Optional<Path> folder = Optional.empty();

  @Option(names = "--ocr",
      description = "Show a network that others trained instead: PP-OCR's classifier of the direction of text, fetched"
          + " on demand (26 MB).")
  private boolean ocr;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() {
    Console console = new Console(spec);
    Board board = Boards.find(boardName).board();
    if (ocr) {
      return new OcrDemo(console).run(board, folder, json);
    }
    DigitsExample example = DigitsExample.load();
    Compiler compiler = new Compiler(CompileOptions.DEFAULT, CompileObserver.NONE);
    console.progress("compiling");
    Network network = compiler.load(example.model());
    BackEnds.targets().stream().filter(t -> t.name().equals("c"))
        .forEach(t -> compile(compiler, network, t, board));
    console.endProgress();
    if (!json) {
      introduce(console, example, network, board);
    }
    List<Row> rows = run(console, example, new Inference(compiler, network,
        Boards.find("host").board(), SimulationOptions.DEFAULT, console::progress));
    if (json) {
      console.print("%s", json(network, rows, example));
    } else {
      show(console, rows, example);
    }
    return rows.stream().allMatch(row -> row.equal().orElse(example.frames()) == example.frames())
        ? ExitStatus.DONE : ExitStatus.FAILED;
  }

  /** Emitting checks that the network fits the board. */
  private void compile(Compiler compiler, Network network, io.bitwright.target.Target target, Board board) {
    var emitted = compiler.emit(network, target, board, Optional.empty());
    folder.ifPresent(emitted::write);
  }

  private static void introduce(Console console, DigitsExample example, Network network, Board board) {
    NetworkCost cost = NetworkCost.of(network.imported());
    console.print("A network of depthwise separable convolutions that reads handwritten digits: %,d parameters,"
        + " %,d multiply-accumulates,", cost.parameters(), cost.macs());
    console.print("int8, trained by examples/digits/train.py. Three of the %d test pictures, which training never saw:",
        example.frames());
    console.print("");
    example.art(3, 5, 10).forEach(line -> console.print("%s", line));
    console.print("");
    long flash = ConstantBytes.of(network.program());
    console.print("Compiled to C for %s: arena %,d bytes of RAM%s, constants %,d bytes of flash%s.", board.name(),
        network.plan().arenaBytes(), share(board.memory().map(Board.Memory::ramBytes)), flash,
        share(board.memory().map(Board.Memory::flashBytes)));
    console.print("");
  }

  private static String share(Optional<Long> limit) {
    return limit.map(bytes -> String.format(Locale.ROOT, " (of %,d)", bytes)).orElse("");
  }

  /** What came of one executor; without figures where it could not run. */
  private record Row(String on, Optional<Integer> right, Optional<Integer> equal, long nanos, String note) {
    /** Wall time of software, cycles of simulated hardware. */
    String time() {
      return note.isEmpty() ? Console.time(nanos) : note;
    }
  }

  private static List<Row> run(Console console, DigitsExample example, Inference inference) {
    List<Row> rows = new ArrayList<>();
    console.progress(Inference.INTERPRETER);
    rows.add(row(Inference.INTERPRETER, example, inference.run(Inference.INTERPRETER, example.inputs(), Layers.NONE)));
    for (Executor executor : BackEnds.executors()) {
      console.progress(executor.name());
      Optional<String> why = whyNot(executor);
      rows.add(why.isEmpty()
          ? row(executor.name(), example, inference.run(executor.name(), example.inputs(), Layers.NONE))
          : new Row(executor.name(), Optional.empty(), Optional.empty(), 0, why.get()));
    }
    console.endProgress();
    return rows;
  }

  /** What keeps an executor from running, and how to get it; empty where nothing does. */
  private static Optional<String> whyNot(Executor executor) {
    if (BackEnds.targets().stream().noneMatch(target -> target.name().equals(executor.target()))) {
      return Optional.of("not built yet (214 MB to download): ./bitwright run MODEL --on " + executor.name()
          + " --input FILE builds it");
    }
    String missing = SystemTools.missing(executor).stream().map(t -> t.command()).collect(Collectors.joining(", "));
    return missing.isEmpty() ? Optional.empty()
        : Optional.of(missing + " not installed: ./bitwright doctor --install");
  }

  private static Row row(String on, DigitsExample example, Execution execution) {
    return new Row(on, Optional.of(example.right(execution.outputs())), Optional.of(example.equal(execution.outputs())),
        execution.nanosPerFrame(), execution.hardware().filter(f -> f.intervalCycles().isPresent())
            .map(f -> String.format(Locale.ROOT, "%,d cycles", f.intervalCycles().getAsLong())).orElse(""));
  }

  private static void show(Console console, List<Row> rows, DigitsExample example) {
    int frames = example.frames();
    TextTable table = new TextTable().row("run on", "right", "accuracy", "bytes equal TFLite's", "time an inference");
    table.row("TFLite", example.rightByTflite() + " of " + frames, percent(example.rightByTflite(), frames), "", "");
    for (Row row : rows) {
      row.right().ifPresent(right -> table.row(row.on(), right + " of " + frames, percent(right, frames),
          row.equal().orElse(0) + " of " + frames, row.time()));
    }
    console.print(table);
    rows.stream().filter(row -> row.right().isEmpty()).forEach(row -> console.print("%s: %s", row.on(), row.note()));
    boolean equal = rows.stream().allMatch(row -> row.equal().orElse(frames) == frames);
    console.print("");
    console.print(equal ? "Every output byte is the one that TFLite's reference kernels gave."
        : "SOME OUTPUT BYTES DIFFER from those of TFLite's reference kernels.");
    console.print("To keep the C: ./bitwright compile examples/digits/digits_int8.tflite --target c -o digits_c");
  }

  private static String percent(int part, int whole) {
    return String.format(Locale.ROOT, "%.2f %%", 100.0 * part / whole);
  }

  private static JsonObject json(Network network, List<Row> rows, DigitsExample example) {
    JsonObject object = new JsonObject();
    object.addProperty("pictures", example.frames());
    object.addProperty("arenaBytes", network.plan().arenaBytes());
    object.addProperty("flashBytes", ConstantBytes.of(network.program()));
    for (Row row : rows) {
      JsonObject one = new JsonObject();
      row.right().ifPresent(right -> one.addProperty("accuracy", (double) right / example.frames()));
      row.equal().ifPresent(equal -> one.addProperty("equal", equal));
      one.addProperty(row.note().isEmpty() ? "nanosPerInference" : "note",
          row.note().isEmpty() ? String.valueOf(row.nanos()) : row.note());
      object.add(row.on(), one);
    }
    return object;
  }
}
