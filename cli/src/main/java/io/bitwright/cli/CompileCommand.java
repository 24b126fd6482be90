package io.bitwright.cli;

import io.bitwright.boards.Board;
import io.bitwright.boards.Fabric;
import io.bitwright.cli.accelerator.AcceleratorReport;
import io.bitwright.cli.accelerator.HardwareChoices;
import io.bitwright.cli.accelerator.SynthesisReport;
import io.bitwright.cli.console.Console;
import io.bitwright.cli.option.BoardOption;
import io.bitwright.cli.option.CalibrationOptions;
import io.bitwright.cli.option.InputOptions;
import io.bitwright.cli.option.ModelOptions;
import io.bitwright.compiler.BackEnds;
import io.bitwright.compiler.Compiler;
import io.bitwright.compiler.Emitted;
import io.bitwright.compiler.Network;
import io.bitwright.dataflow.DataflowPlan;
import io.bitwright.dataflow.fold.DataflowPlanner;
import io.bitwright.ir.cost.ConstantBytes;
import io.bitwright.ir.cost.NetworkCost;
import io.bitwright.runners.synthesis.SynthesisFigures;
import io.bitwright.runners.synthesis.Yosys;
import io.bitwright.target.Target;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Emits a complete source tree. */
@Command(name = "compile", mixinStandardHelpOptions = true,
    description = "Generate a complete, buildable source tree.")
final class CompileCommand implements Runnable {
  @Mixin
  private ModelOptions model;

  @Mixin
  private BoardOption board;

  @Mixin
  private HardwareChoices hardware;

  @Mixin
  private InputOptions inputs;

  @Mixin
  private CalibrationOptions calibration;

  @Option(names = "--target", paramLabel = "NAME", defaultValue = "c",
      description = "What to generate: c, hls, rtl. Default: ${DEFAULT-VALUE}.")
  private String target;

  @Option(names = {"-o", "--output"}, paramLabel = "DIR", required = true,
      description = "The folder to write. One that an earlier compile wrote is replaced, files of others in it are kept;"
          + " a folder that holds only files of others is refused.")
  private Path folder;

  @Option(names = "--input", paramLabel = "FILE",
      description = "What the generated self-test runs; repeatable, one an input. Default: seeded values.")
  private List<Path> files = List.of();

  @Option(names = "--synth",
      description = "rtl: synthesise with yosys for the board's device, and print what it takes beside the prediction.")
  private boolean synthesise;

  @Spec
  private CommandSpec spec;

  @Override
  public void run() {
    Console console = new Console(spec);
    hardware.require(List.of(target));
    if (synthesise && (!target.equals("rtl") || board.board().fabric().isEmpty())) {
      throw new ParameterException(spec.commandLine(),
          "--synth takes --target rtl and a --board with programmable logic");
    }
    Target backEnd = BackEnds.target(target);
    Board chosen = board.board();
    HardwareChoices.requireFabric(chosen, target);
    Compiler compiler = model.compiler(console, calibration.request(inputs.preprocessing())).with(hardware.options())
        .serving(List.of(backEnd));
    Network network = model.load(compiler, console);
    Optional<List<byte[]>> selfTest =
        files.isEmpty() ? Optional.empty() : Optional.of(inputs.frame(files, network.inputs()));
    Emitted emitted = compiler.emit(network, backEnd, chosen, selfTest);
    emitted.write(folder);
    console.endProgress();
    console.print("%s: %d files for %s in %s", network.identifier(), emitted.tree().files().size(), chosen.name(), folder);
    if (HardwareChoices.NAMES.contains(target)) {
      accelerator(console, network, emitted);
    } else {
      console.print("arena %,d bytes of RAM, constants %,d bytes of flash; the self-test's input is %s",
          network.plan().arenaBytes(), ConstantBytes.of(network.program()),
          files.isEmpty() ? "seeded" : "the one given");
    }
  }

  private void accelerator(Console console, Network network, Emitted emitted) {
    DataflowPlan plan = DataflowPlanner.plan(emitted.request().name(), network.program(), emitted.request().board(),
        emitted.request().hardware().lanes());
    long macs = NetworkCost.of(network.imported()).macs();
    console.print("");
    new AcceleratorReport(plan, emitted.request().board(), macs).print(console);
    if (synthesise) {
      Fabric fabric = emitted.request().board().fabric().orElseThrow();
      SynthesisFigures figures =
          new Yosys().figures(emitted.tree(), plan.name(), fabric.family(), console::progress);
      console.endProgress();
      console.print("");
      new SynthesisReport(plan, fabric, figures).print(console);
    }
  }
}
