package io.bitwright.cli.option;

import io.bitwright.cli.console.Console;
import io.bitwright.compiler.CompileObserver;
import io.bitwright.compiler.CompileOptions;
import io.bitwright.compiler.CompileOptions.Goal;
import io.bitwright.frontend.ModelLoader;
import io.bitwright.frontend.ModelSettings;
import io.bitwright.ir.diag.Diagnostic;
import io.bitwright.ir.diag.Printable;
import io.bitwright.ir.graph.Graph;
import io.bitwright.ir.graph.text.GraphPrinter;
import io.bitwright.ir.op.Rounding;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** A network, and what every command that reads one takes. */
public final class NetworkOptions {
  @Parameters(paramLabel = "MODEL", description = "A network: file.tflite, file.onnx, file.bw or zoo:NAME")
  private Path model;

  @Mixin
  private Passes passes;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  /** Choices about reading and passes. */
  static final class Passes {
    @Option(names = "--disable-pass", paramLabel = "NAME", description = "Leave a pass out; repeatable.")
    private List<String> disabled = List.of();

    @Option(names = "--dump-after", paramLabel = "PASS",
        description = "Print the graph after a pass to standard error; repeatable; 'all' for every pass.")
    private List<String> dumpAfter = List.of();

    @Option(names = "--time-passes", description = "Print how long each stage took to standard error.")
    private boolean timePasses;

    @Option(names = "--rounding", paramLabel = "NAME",
        description = "How requantisations round: tflite, single or ties_even. A .tflite file's own is tflite, a quantised"
            + " .onnx file's ties_even.")
    private Optional<String> rounding = Optional.empty();

    @Option(names = "--set", paramLabel = "KEY=VALUE",
        description = "Set a parameter of a network description; repeatable. 'zoo NAME' lists them.")
    private Map<String, String> settings = Map.of();

    @Option(names = "--seed", paramLabel = "N",
        description = "Seed of weights that a network description lacks, and of random inputs; default 1.")
    private long seed = 1;
  }

  @Option(names = "--shape", paramLabel = "[NAME=]1x3x224x224",
      description = "The shape of an input that an ONNX file leaves open; repeatable. The name may be left out of one input.")
  private List<String> shapes = List.of();

  /** The file, or zoo:NAME. */
  public Path model() {
    return model;
  }

  /** Of weights and random inputs. */
  public long seed() {
    return passes.seed;
  }

  /** A network description as arguments of a command line in another folder. */
  public List<String> description() {
    List<String> arguments = new ArrayList<>();
    String name = model.toString();
    arguments.add(name.startsWith(ModelLoader.ZOO) ? name : model.toAbsolutePath().toString());
    passes.settings.forEach((key, value) -> arguments.addAll(List.of("--set", key + "=" + value)));
    shapes.forEach(shape -> arguments.addAll(List.of("--shape", shape)));
    arguments.addAll(List.of("--seed", String.valueOf(passes.seed)));
    return arguments;
  }

  /** Shows warnings, dumps, times and progress. */
  public CompileObserver observer(Console console) {
    return new Printer(console, passes.timePasses);
  }

  /** Choices about passes, for a network of which no code is made. */
  public CompileOptions options() {
    return options(Optional.empty(), Goal.SIZE, OptionalLong.empty());
  }

  CompileOptions options(Optional<String> name, Goal goal, OptionalLong budget) {
    requireRounding();
    return new CompileOptions(name, goal, budget, new LinkedHashSet<>(passes.disabled), passes.dumpAfter);
  }

  /** The network as its file has it. */
  public Graph imported(Console console) {
    console.progress("reading " + model.getFileName());
    Graph graph = ModelLoader.load(model, settings());
    console.endProgress();
    noteSeed(console);
    return graph;
  }

  ModelSettings settings() {
    if (!ModelLoader.isDescription(model) && !passes.settings.isEmpty()) {
      throw usage("--set applies to a network description: file.bw or zoo:NAME");
    }
    requireRounding();
    return new ModelSettings(passes.settings, passes.seed, shapes(), rounding());
  }

  /** Says where weights are made up. */
  void noteSeed(Console console) {
    if (ModelLoader.isSeeded(model)) {
      console.warn("note: " + Printable.of(model.toString()) + " has no weights, they are made of seed " + passes.seed);
    }
  }

  private Map<String, List<Integer>> shapes() {
    if (!shapes.isEmpty() && !ModelLoader.isOnnx(model)) {
      throw usage("--shape applies to an ONNX file");
    }
    Map<String, List<Integer>> byName = new LinkedHashMap<>();
    for (String shape : shapes) {
      int equals = shape.lastIndexOf('=');
      String sizes = shape.substring(equals + 1);
      if (!sizes.matches("[1-9][0-9]{0,8}(x[1-9][0-9]{0,8})*")) {
        throw usage("--shape " + shape + ": sizes must look like 1x3x224x224");
      }
      List<Integer> dims = Arrays.stream(sizes.split("x")).map(Integer::valueOf).toList();
      if (byName.put(equals < 0 ? "" : shape.substring(0, equals), dims) != null) {
        throw usage("--shape gives an input two shapes");
      }
    }
    return byName;
  }

  private Optional<Rounding> rounding() {
    return passes.rounding.flatMap(
        text -> Arrays.stream(Rounding.values()).filter(r -> r.text().equals(text)).findFirst());
  }

  private void requireRounding() {
    String known = Arrays.stream(Rounding.values()).map(Rounding::text).collect(Collectors.joining(", "));
    passes.rounding.ifPresent(rounding -> {
      if (Arrays.stream(Rounding.values()).noneMatch(r -> r.text().equals(rounding))) {
        throw usage("--rounding must be one of " + known);
      }
      if (!rounding.equals(Rounding.TFLITE.text()) && !ModelLoader.isOnnx(model)) {
        throw usage("--rounding " + rounding
            + " applies to a quantised .onnx file: TFLite's kernels define their own, float networks round nothing");
      }
    });
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  /** Prints what the compiler has to tell. */
  private record Printer(Console console, boolean times) implements CompileObserver {
    @Override
    public void warning(Diagnostic warning) {
      console.warn(warning.render());
    }

    @Override
    public void dump(String pass, Graph graph) {
      console.warn("// after " + pass);
      console.warn(GraphPrinter.print(graph).text().stripTrailing());
    }

    @Override
    public void progress(String stage, int done, int total) {
      console.progress(stage, done, total);
    }

    @Override
    public void time(String stage, long nanos) {
      console.progress(stage);
      if (times) {
        console.warn(String.format(java.util.Locale.ROOT, "%10.3f ms  %s", nanos / 1e6, stage));
      }
    }
  }
}
