package io.bitwright.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.bitwright.cli.accelerator.HardwareChoices;
import io.bitwright.cli.accelerator.HardwareReport;
import io.bitwright.cli.accelerator.SimulationChoices;
import io.bitwright.cli.console.Console;
import io.bitwright.cli.console.ExitStatus;
import io.bitwright.cli.console.TextTable;
import io.bitwright.cli.option.BoardOption;
import io.bitwright.cli.option.CalibrationOptions;
import io.bitwright.cli.option.FrameOptions;
import io.bitwright.cli.option.ModelOptions;
import io.bitwright.cli.tools.SystemTools;
import io.bitwright.compiler.BackEnds;
import io.bitwright.compiler.Compiler;
import io.bitwright.compiler.Inference;
import io.bitwright.compiler.Mismatch;
import io.bitwright.compiler.Network;
import io.bitwright.compiler.Verification;
import io.bitwright.ir.diag.Diagnostic;
import io.bitwright.ir.diag.DiagnosticException;
import io.bitwright.ir.diag.DiagnosticId;
import io.bitwright.ir.diag.SourceLocation;
import io.bitwright.runners.Execution;
import io.bitwright.runners.Executor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Holds every target against the interpreter, byte for byte. */
@Command(name = "verify", mixinStandardHelpOptions = true,
    description = "Run every target and compare its outputs with the interpreter's, byte for byte.")
final class VerifyCommand implements Callable<Integer> {
  @Mixin
  private ModelOptions model;

  @Mixin
  private BoardOption board;

  @Mixin
  private HardwareChoices hardware;

  @Mixin
  private SimulationChoices simulation;

  @Mixin
  private FrameOptions frameOptions;

  @Mixin
  private CalibrationOptions calibration;

  @Option(names = "--targets", split = ",", paramLabel = "NAME",
      description = "What to run, separated by commas. Default: everything whose tools are installed, but for rtl, which takes long.")
  private List<String> targets = List.of();

  @Option(names = "--against", paramLabel = "FILE|DIR",
      description = "Compare outputs of your own (.npy or .bin) too: a file, or a folder with one for each input file.")
  private Optional<Path> against = Optional.empty();

  @Option(names = "--mismatch-dir", paramLabel = "DIR", defaultValue = "bitwright-mismatch",
      description = "Where a reproduction of a mismatch is written. Default: ./${DEFAULT-VALUE}.")
  private Path mismatchFolder;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Spec
  private CommandSpec spec;

  private static final Set<DiagnosticId> FAULTS = Set.of(DiagnosticId.TOOL_FAILED, DiagnosticId.TOOL_MISSING);

  /** One line of the table. */
  private record Row(String target, Optional<Verification.Result> result, String note) {}

  @Override
  public Integer call() {
    Console console = new Console(spec);
    List<String> named = targets.isEmpty() ? List.copyOf(HardwareChoices.NAMES) : targets;
    hardware.require(named);
    simulation.require(targets);
    targets.forEach(target -> HardwareChoices.requireFabric(board.board(), target));
    List<Executor> executors = targets.stream().map(BackEnds::executor).toList();
    Compiler compiler = model.compiler(console, calibration.request(frameOptions.preprocessing()))
        .with(hardware.options()).serving(BackEnds.targetsOf(targets));
    Network network = model.load(compiler, console);
    List<FrameOptions.Frame> frames = repeated(frameOptions.frames(network.inputs(), model.seed()));
    Optional<List<List<byte[]>>> given =
        against.map(path -> GivenOutputs.read(path, frames, network.outputs()));
    console.progress("interpreter");
    Verification verification = new Verification(network,
        new Inference(compiler, network, board.board(), simulation.options(), console::progress),
        frames.stream().map(FrameOptions.Frame::inputs).toList());
    List<Row> rows = new ArrayList<>();
    given.ifPresent(outputs -> rows.add(new Row("given outputs", Optional.of(verification.against(outputs)), "")));
    boolean all = targets.isEmpty() && given.isEmpty();
    for (Executor executor : all ? BackEnds.executors() : executors) {
      console.progress(executor.name());
      rows.add(all && executor.name().equals("hls") && network.hasFloatEnds()
          ? new Row(executor.name(), Optional.empty(), "takes the network without its float ends: --targets hls")
          : run(verification, executor, all));
    }
    console.endProgress();
    show(console, rows, frames.size(), verification);
    return report(console, network, frames, verification, rows) ? ExitStatus.DONE : ExitStatus.FAILED;
  }

  /** As many frames as asked for: the same ones again and again. */
  private List<FrameOptions.Frame> repeated(List<FrameOptions.Frame> given) {
    int count = simulation.frames().orElse(given.size());
    return IntStream.range(0, count).mapToObj(f -> given.get(f % given.size())).toList();
  }

  /** Where nobody named the target, one that takes long, lacks its tools or cannot have the network is left out. */
  private static Row run(Verification verification, Executor executor, boolean mayLeaveOut) {
    if (mayLeaveOut && executor.name().equals("rtl")) {
      return new Row(executor.name(), Optional.empty(), "simulated on request: --targets rtl");
    }
    String missing = SystemTools.missing(executor).stream().map(t -> t.command()).collect(Collectors.joining(", "));
    if (mayLeaveOut && !missing.isEmpty()) {
      return new Row(executor.name(), Optional.empty(), missing + " not installed: ./bitwright doctor --install");
    }
    try {
      return new Row(executor.name(), Optional.of(verification.on(executor.name())), "");
    } catch (DiagnosticException e) {
      List<Diagnostic> reasons = e.diagnostics();
      if (mayLeaveOut && HardwareChoices.NAMES.contains(executor.name())
          && reasons.stream().noneMatch(d -> FAULTS.contains(d.id()))) {
        return new Row(executor.name(), Optional.empty(), "not for this network: " + reasons.get(0).message()
            + (reasons.size() > 1 ? ", and " + (reasons.size() - 1) + " more" : ""));
      }
      throw e;
    }
  }

  private void show(Console console, List<Row> rows, int frames, Verification verification) {
    if (json) {
      JsonArray all = new JsonArray();
      rows.forEach(row -> all.add(json(row, frames)));
      console.print("%s", all);
      return;
    }
    TextTable table = new TextTable().row("target", "frames", "equal", "time an inference", "");
    table.row(Inference.INTERPRETER, String.valueOf(frames), "", Console.time(verification.reference().nanosPerFrame()),
        "the reference");
    for (Row row : rows) {
      row.result().ifPresentOrElse(
          r -> table.row(row.target(), String.valueOf(frames), String.valueOf(r.equalFrames()),
              Console.time(r.execution().nanosPerFrame()), words(r)),
          () -> table.row(row.target(), "", "", "", row.note()));
    }
    console.print(table);
  }

  private String words(Verification.Result result) {
    Execution execution = result.execution();
    String taps = execution.taps().isEmpty() ? "" : ", " + execution.taps().get(0).size() + " tensors a frame too";
    return (result.mismatch().isPresent() ? "DIFFERS" : "equal" + taps)
        + execution.hardware().map(f -> "; " + new HardwareReport(f, board.board()).words()).orElse("");
  }

  private JsonObject json(Row row, int frames) {
    JsonObject object = new JsonObject();
    object.addProperty("target", row.target());
    object.addProperty("frames", row.result().isPresent() ? frames : 0);
    row.result().ifPresentOrElse(r -> {
      object.addProperty("equal", r.equalFrames());
      object.addProperty("nanosPerInference", r.execution().nanosPerFrame());
      r.execution().hardware().ifPresent(figures -> new HardwareReport(figures, board.board()).addTo(object));
      r.mismatch().ifPresent(m -> {
        object.addProperty("frame", m.frame());
        object.addProperty("output", m.output().toString());
        m.layer().ifPresent(layer -> object.addProperty("layer", layer.toString()));
      });
    }, () -> object.addProperty("note", row.note()));
    return object;
  }

  /** What a reproduction needs besides model and inputs. */
  private List<String> words(boolean isHardware) {
    List<String> words = new ArrayList<>();
    if (isHardware) {
      words.addAll(hardware.words());
      words.addAll(simulation.words());
      words.addAll(board.words());
    }
    if (!calibration.words().isEmpty()) {
      words.addAll(calibration.words());
      words.addAll(frameOptions.preprocessingWords());
    }
    return words;
  }

  /** Whether all is equal; explains each mismatch and writes its reproduction. */
  private boolean report(Console console, Network network, List<FrameOptions.Frame> frames, Verification verification,
      List<Row> rows) {
    boolean equal = true;
    for (Row row : rows) {
      if (row.result().isEmpty() || row.result().get().mismatch().isEmpty()) {
        continue;
      }
      equal = false;
      Mismatch mismatch = row.result().get().mismatch().get();
      String where = "frame '" + frames.get(mismatch.frame()).name() + "', " + mismatch.output();
      console.warn(Diagnostic.of(DiagnosticId.MISMATCH, new SourceLocation(model.model().toString(), 0, 0, ""),
          row.target(), Inference.INTERPRETER, where).render());
      mismatch.layer().ifPresentOrElse(layer -> console.warn("  first layer that differs: " + layer),
          () -> console.warn("  no layer is known to differ when kernels run one by one"));
      mismatch.arithmetic().lines().forEach(line -> console.warn("    " + line));
      boolean isHardware = row.result().get().execution().hardware().isPresent();
      List<List<byte[]>> inputs = frames.subList(isHardware ? 0 : mismatch.frame(), mismatch.frame() + 1).stream()
          .map(FrameOptions.Frame::inputs).toList();
      Path folder = new Reproduction(network, row.target(), mismatch, words(isHardware)).write(
          mismatchFolder, model, inputs, verification.reference().outputs().get(mismatch.frame()),
          row.result().get().execution().outputs().get(mismatch.frame()));
      console.warn("  to see it again: sh " + folder.resolve("reproduce.sh"));
    }
    return equal;
  }
}
