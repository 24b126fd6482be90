package io.bitwright.cli;

import io.bitwright.cli.console.Console;
import io.bitwright.cli.cost.QuantizationReport;
import io.bitwright.cli.option.CalibrationOptions;
import io.bitwright.cli.option.InputOptions;
import io.bitwright.cli.option.NetworkOptions;
import io.bitwright.compiler.Quantization;
import io.bitwright.compiler.QuantizationRequest;
import io.bitwright.compiler.data.OutputFile;
import io.bitwright.frontend.ModelLoader;
import io.bitwright.frontend.TfliteExport;
import io.bitwright.frontend.quantise.Quantizer;
import io.bitwright.frontend.quantise.work.Progress;
import io.bitwright.ir.diag.Diagnostic;
import io.bitwright.ir.diag.DiagnosticException;
import io.bitwright.ir.diag.Printable;
import io.bitwright.ir.graph.Graph;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Quantises a float network and writes it as a TFLite file. */
@Command(name = "quantize", mixinStandardHelpOptions = true, description = {
    "Quantise a float network to int8 with the ranges that your inputs show, and write it as a TFLite file.",
    "Prints for each operator its signal-to-quantisation-noise ratio: of its own rounding alone, and in the whole network."})
final class QuantizeCommand implements Runnable {
  @Mixin
  private NetworkOptions model;

  @Mixin
  private CalibrationOptions calibration;

  @Mixin
  private InputOptions inputs;

  @Option(names = {"-o", "--output"}, paramLabel = "OUT.tflite", required = true, description = "The file to write.")
  private Path output;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Spec
  private CommandSpec spec;

  @Override
  public void run() {
    if (!output.toString().endsWith(".tflite")) {
      throw new ParameterException(spec.commandLine(), "-o " + output + ": the file's name must end with .tflite");
    }
    QuantizationRequest request = calibration.forTflite(inputs.preprocessing());
    Console console = new Console(spec);
    Graph graph = model.imported(console);
    QuantizationReport report;
    if (Quantizer.isInteger(graph)) {
      console.warn("note: " + Printable.of(model.model().toString()) + " is quantised already, it is written as it is");
      report = new QuantizationReport(graph, Optional.empty(), 0);
    } else {
      Quantization quantization =
          new Quantization(model.options(), model.observer(console));
      Quantization.Result result = quantization.run(graph, request, prepared -> writable(prepared, request));
      report = new QuantizationReport(result.network().codes(), Optional.of(quantization.sensitivity(result)),
          result.frames().size());
    }
    byte[] file = TfliteExport.bytes(report.graph(), "Written by bitwright", Map.of("source", source()));
    OutputFile.replace(output, file);
    console.endProgress();
    if (json) {
      console.print("%s", report.json(output, file.length));
    } else {
      report.print(console, output, file.length);
    }
  }

  /**
   * The network as the file will say it.
   *
   * @throws DiagnosticException with all that a file cannot hold, before the network is run on anything
   */
  private static Graph writable(Graph prepared, QuantizationRequest request) {
    Graph form = TfliteExport.formForEveryRuntime(prepared);
    Graph codes = new Quantizer(request.settings(), 1, Progress.NONE).outline(form);
    List<Diagnostic> obstacles = TfliteExport.obstacles(codes);
    if (!obstacles.isEmpty()) {
      throw new DiagnosticException(obstacles);
    }
    return form;
  }

  /** The model file's own name, without its folder. */
  private String source() {
    String name = model.model().toString();
    return name.startsWith(ModelLoader.ZOO) ? name : model.model().getFileName().toString();
  }
}
