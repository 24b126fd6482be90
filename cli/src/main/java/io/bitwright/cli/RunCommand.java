package io.bitwright.cli;

import com.google.gson.JsonObject;
import io.bitwright.cli.accelerator.HardwareChoices;
import io.bitwright.cli.accelerator.HardwareReport;
import io.bitwright.cli.accelerator.SimulationChoices;
import io.bitwright.cli.console.Console;
import io.bitwright.cli.option.BoardOption;
import io.bitwright.cli.option.CalibrationOptions;
import io.bitwright.cli.option.InputOptions;
import io.bitwright.cli.option.ModelOptions;
import io.bitwright.cli.option.TopOptions;
import io.bitwright.compiler.BackEnds;
import io.bitwright.compiler.Compiler;
import io.bitwright.compiler.Inference;
import io.bitwright.compiler.Inference.Layers;
import io.bitwright.compiler.Network;
import io.bitwright.compiler.data.OutputFile;
import io.bitwright.dataflow.DataflowPlan;
import io.bitwright.dataflow.fold.DataflowPlanner;
import io.bitwright.ir.cost.ConstantBytes;
import io.bitwright.ir.cost.NetworkCost;
import io.bitwright.ir.memory.MemoryPlan;
import io.bitwright.runners.Execution;
import io.bitwright.runners.HardwareFigures;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Runs one inference. */
@Command(name = "run", mixinStandardHelpOptions = true, description = "Run one inference.")
final class RunCommand implements Runnable {
  private static final int FRAMES_OF_HARDWARE = 3;

  @Mixin
  private ModelOptions model;

  @Mixin
  private BoardOption board;

  @Mixin
  private HardwareChoices hardware;

  @Mixin
  private SimulationChoices simulation;

  @Mixin
  private InputOptions inputs;

  @Mixin
  private CalibrationOptions calibration;

  @Mixin
  private TopOptions top;

  @Option(names = "--on", paramLabel = "NAME", defaultValue = Inference.INTERPRETER,
      description = "interpreter, or what runs a target's code: c, hls, rtl. Default: ${DEFAULT-VALUE}.")
  private String on;

  @Option(names = "--input", paramLabel = "FILE", required = true,
      description = "An array (.npy), raw elements (.bin) or a picture (.png .jpg .bmp); repeatable, one an input.")
  private List<Path> files;

  @Option(names = "--output", paramLabel = "FILE", description = "Write the output (.npy or .bin).")
  private Optional<Path> output = Optional.empty();

  @Option(names = "--dump-layers", paramLabel = "DIR",
      description = "Write the raw output of each of the file's operators to DIR/NNN.bin.")
  private Optional<Path> layers = Optional.empty();

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Spec
  private CommandSpec spec;

  @Override
  public void run() {
    if (top.count() < 0) {
      throw new ParameterException(spec.commandLine(), "--top must be at least 1");
    }
    hardware.require(List.of(on));
    simulation.require(List.of(on));
    HardwareChoices.requireFabric(board.board(), on);
    Console console = new Console(spec);
    Compiler compiler =
        model.compiler(console, calibration.request(inputs.preprocessing())).with(hardware.options())
            .serving(BackEnds.targetsOf(List.of(on)));
    List<String> labels = top.labels();
    Network network = model.load(compiler, console);
    output.ifPresent(file -> OutputFile.names(file, network.outputs().size()));
    List<byte[]> frame = inputs.frame(files, network.inputs());
    console.progress("running on " + on);
    Inference inference =
        new Inference(compiler, network, board.board(), simulation.options(), console::progress);
    Layers recorded = layers.isPresent() ? Layers.OF_FILE : Layers.NONE;
    Execution execution = inference.run(on, Collections.nCopies(frames(), frame), recorded);
    console.endProgress();
    List<byte[]> outputs = execution.outputs().get(0);
    output.ifPresent(file -> OutputFile.write(file, network.outputs(), outputs));
    layers.ifPresent(folder -> execution.layers().forEach((operator, raw) ->
        OutputFile.replace(folder.resolve(String.format(Locale.ROOT, "%03d.bin", operator)),
            network.ofOperator(operator, raw))));
    Results results = new Results(network, outputs, labels, top.count());
    if (json) {
      console.print("%s", json(network, inference.plan(recorded), execution, results));
    } else {
      results.lines().forEach(line -> console.print("%s", line));
      figures(network, execution).ifPresent(f -> new HardwareReport(f, board.board()).print(console));
    }
  }

  /** The interval of an accelerator takes a few frames to show. */
  private int frames() {
    return simulation.frames().orElse(HardwareChoices.NAMES.contains(on) ? FRAMES_OF_HARDWARE : 1);
  }

  /** Those of an accelerator: measured, or where its cycles are not simulated, of its plan. */
  private Optional<HardwareFigures> figures(Network network, Execution execution) {
    if (execution.hardware().isPresent() || !HardwareChoices.NAMES.contains(on)) {
      return execution.hardware();
    }
    DataflowPlan plan = DataflowPlanner.plan(
        network.identifier(), network.program(), board.board(), hardware.options().lanes());
    return Optional.of(HardwareReport.planned(plan, NetworkCost.of(network.imported()).macs()));
  }

  private JsonObject json(Network network, MemoryPlan plan, Execution execution, Results results) {
    JsonObject object = new JsonObject();
    object.addProperty("name", network.name());
    object.addProperty("on", on);
    object.add("outputs", results.json());
    figures(network, execution).ifPresentOrElse(f -> new HardwareReport(f, board.board()).addTo(object), () -> {
      object.addProperty("flashBytes", ConstantBytes.of(plan.program()));
      object.addProperty("arenaBytes", plan.arenaBytes());
      object.addProperty("scratchBytes", 0);
      object.addProperty("nanosPerInference", execution.nanosPerFrame());
    });
    return object;
  }
}
