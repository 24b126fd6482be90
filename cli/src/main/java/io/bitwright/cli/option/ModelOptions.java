package io.bitwright.cli.option;

import io.bitwright.cli.console.Console;
import io.bitwright.compiler.CompileOptions;
import io.bitwright.compiler.CompileOptions.Goal;
import io.bitwright.compiler.Compiler;
import io.bitwright.compiler.Network;
import io.bitwright.compiler.QuantizationRequest;
import io.bitwright.ir.diag.Printable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A network, and what every command that compiles it takes. */
public final class ModelOptions {
  @Mixin
  private NetworkOptions network;

  @Option(names = "--ram-budget", paramLabel = "BYTES", description = "Refuse a network whose arena is larger.")
  private Optional<Long> ramBudget = Optional.empty();

  @Option(names = "-O", paramLabel = "size|speed",
      description = "Choose the schedule for the smallest arena (the default), or run every kernel on its own.")
  private Goal goal = Goal.SIZE;

  @Option(names = "--quantize",
      description = "Quantise a float network to int8, from 8 generated inputs. See --calibrate.")
  private boolean quantize;

  @Option(names = "--name", paramLabel = "NAME", description = "The network's name in generated code.")
  private Optional<String> name = Optional.empty();

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  /** The file, or zoo:NAME. */
  public Path model() {
    return network.model();
  }

  /** Of weights and random inputs. */
  public long seed() {
    return network.seed();
  }

  /** Whether the user asks for quantisation. */
  public boolean quantizes() {
    return quantize;
  }

  /** A network description as arguments of a command line in another folder. */
  public List<String> description() {
    List<String> arguments = new ArrayList<>(network.description());
    if (quantize) {
      arguments.add("--quantize");
    }
    return arguments;
  }

  /** A compiler that does as {@code --quantize} says. */
  public Compiler compiler(Console console) {
    return compiler(console, Optional.empty());
  }

  /** A compiler that calibrates as the user asks, or does as {@code --quantize} says. */
  public Compiler compiler(Console console, Optional<QuantizationRequest> calibration) {
    return new Compiler(options(calibration), network.observer(console));
  }

  private CompileOptions options(Optional<QuantizationRequest> calibration) {
    if (ramBudget.filter(budget -> budget < 1).isPresent()) {
      throw new ParameterException(spec.commandLine(), "--ram-budget must be at least 1");
    }
    OptionalLong budget = ramBudget.map(OptionalLong::of).orElse(OptionalLong.empty());
    CompileOptions options = network.options(name, goal, budget);
    return calibration.or(() -> quantize ? Optional.of(QuantizationRequest.GENERATED) : Optional.empty())
        .map(options::quantizing).orElse(options);
  }

  /** The network as its file has it, noting what became of it. */
  public Network load(Compiler compiler, Console console) {
    console.progress("reading " + model().getFileName());
    Network loaded = compiler.load(model(), network.settings());
    console.endProgress();
    network.noteSeed(console);
    boolean calibrated = compiler.quantization().filter(q -> q != QuantizationRequest.GENERATED).isPresent();
    if (loaded.isQuantized() && !calibrated) {
      console.warn("note: " + Printable.of(model().toString()) + " is quantised to int8 from "
          + QuantizationRequest.GENERATED_FRAMES + " generated inputs");
    } else if (!loaded.isQuantized() && (calibrated || quantize)) {
      console.warn("note: " + Printable.of(model().toString()) + " is quantised already, "
          + (calibrated ? "--calibrate" : "--quantize") + " changes nothing");
    }
    if (!loaded.convertedEnds().isEmpty()) {
      console.warn("note: " + Printable.of(model().toString()) + " is float at its ends only; for a target of integers "
          + Printable.of(String.join("; ", loaded.convertedEnds())));
    }
    return loaded;
  }
}
