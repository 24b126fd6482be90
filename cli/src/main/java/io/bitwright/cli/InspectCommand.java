package io.bitwright.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.bitwright.cli.picture.NetworkPicture;
import io.bitwright.cli.picture.PictureFormat;
import io.bitwright.compiler.Network;
import io.bitwright.compiler.data.OutputFile;
import io.bitwright.ir.cost.LayerCost;
import io.bitwright.ir.cost.NetworkCost;
import io.bitwright.ir.diag.Printable;
import io.bitwright.ir.type.Shape;
import io.bitwright.ir.type.TensorType;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
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

  @Spec
  private CommandSpec spec;

  @Override
  public void run() {
    Console console = new Console(spec);
    Optional<PictureFormat> format = picture.map(this::format);
    Network network = model.load(model.compiler(console), console);
    NetworkCost cost = NetworkCost.of(network.imported());
    int peak = network.trivialPlan().arenaBytes();
    format.ifPresent(f -> OutputFile.replace(picture.orElseThrow(), NetworkPicture.of(network.imported(), network.name())
        .text(f).getBytes(StandardCharsets.US_ASCII)));
    if (json) {
      console.print(json(network, cost, peak).toString());
    } else {
      table(console, network, cost, peak);
    }
  }

  private PictureFormat format(Path file) {
    return PictureFormat.of(file).orElseThrow(() -> new ParameterException(spec.commandLine(),
        "--graph " + file + ": the file's name must end in one of ." + String.join(", .", PictureFormat.extensions())));
  }

  private static JsonObject json(Network network, NetworkCost cost, int peak) {
    JsonObject object = new JsonObject();
    object.addProperty("name", network.name());
    object.addProperty("parameters", cost.parameters());
    object.addProperty("trainableParameters", cost.trainableParameters());
    object.addProperty("foldedParameters", cost.foldedParameters());
    object.addProperty("macs", cost.macs());
    object.addProperty("weightBytes", cost.weightBytes());
    object.addProperty("peakActivationBytes", peak);
    object.addProperty("arenaBytes", network.plan().arenaBytes());
    object.addProperty("trafficBytes", cost.trafficBytes());
    object.add("inputs", tensors(network.inputTypes()));
    object.add("outputs", tensors(network.outputTypes()));
    JsonArray layers = new JsonArray();
    cost.layers().forEach(layer -> layers.add(json(layer)));
    object.add("layers", layers);
    return object;
  }

  private static JsonArray tensors(List<TensorType> types) {
    JsonArray array = new JsonArray();
    for (TensorType type : types) {
      JsonObject tensor = new JsonObject();
      tensor.addProperty("type", type.element().text());
      tensor.add("shape", json(type.shape()));
      if (type.isPerTensor()) {
        tensor.addProperty("scale", type.scale());
        tensor.addProperty("zeroPoint", type.zeroPoint());
      }
      array.add(tensor);
    }
    return array;
  }

  private static JsonObject json(LayerCost layer) {
    JsonObject object = new JsonObject();
    object.addProperty("name", layer.name());
    object.addProperty("op", layer.op());
    if (layer.inputs().size() == 1) {
      object.add("input", json(layer.inputs().get(0)));
    } else {
      JsonArray shapes = new JsonArray();
      layer.inputs().forEach(shape -> shapes.add(json(shape)));
      object.add("input", shapes);
    }
    object.add("output", json(layer.output()));
    object.addProperty("parameters", layer.parameters());
    object.addProperty("macs", layer.macs());
    object.addProperty("weightBytes", layer.weightBytes());
    object.addProperty("trafficBytes", layer.trafficBytes());
    return object;
  }

  private static JsonArray json(Shape shape) {
    JsonArray array = new JsonArray();
    shape.dims().forEach(array::add);
    return array;
  }

  private static void table(Console console, Network network, NetworkCost cost, int peak) {
    console.print("%s: %s -> %s", Printable.of(network.name()), types(network.inputTypes()), types(network.outputTypes()));
    TextTable table = new TextTable().row("layer", "operator", "input", "output", "parameters", "MACs", "traffic", "name");
    int index = 0;
    for (LayerCost layer : cost.layers()) {
      String inputs = layer.inputs().stream().map(Shape::toString).collect(Collectors.joining(" "));
      table.row(String.valueOf(index++), layer.op(), inputs, layer.output().toString(), number(layer.parameters()),
          number(layer.macs()), number(layer.trafficBytes()), Printable.of(layer.name()));
    }
    console.print(table);
    console.print("");
    console.print("parameters              %,15d", cost.parameters());
    if (cost.trainableParameters() != cost.parameters()) {
      console.print("of them trainable       %,15d", cost.trainableParameters());
      console.print("batch norms folded      %,15d", cost.foldedParameters());
    }
    console.print("multiply-accumulates    %,15d", cost.macs());
    console.print("weights                 %,15d bytes", cost.weightBytes());
    console.print("activation traffic      %,15d bytes, every operator on its own", cost.trafficBytes());
    console.print("peak activations        %,15d bytes, inputs and outputs included", peak);
    console.print("arena as scheduled      %,15d bytes", network.plan().arenaBytes());
  }

  private static String types(List<TensorType> types) {
    return types.stream().map(t -> t.element().text() + " " + t.shape()).collect(Collectors.joining(", "));
  }

  private static String number(long n) {
    return String.format(java.util.Locale.ROOT, "%,d", n);
  }
}
