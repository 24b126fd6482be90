package io.bitwright.cli.cost;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.bitwright.compiler.Network;
import io.bitwright.ir.cost.ConvolutionTraffic;
import io.bitwright.ir.cost.LayerCost;
import io.bitwright.ir.cost.NetworkCost;
import io.bitwright.ir.cost.ReceptiveField;
import io.bitwright.ir.cost.Traffic;
import io.bitwright.ir.type.Shape;
import io.bitwright.ir.type.TensorType;
import java.util.List;

/** What a network costs, for programs. */
public final class CostJson {
  private CostJson() {}

  /** The object that {@code inspect --json} prints. */
  public static JsonObject of(Network network, NetworkCost cost) {
    JsonObject object = new JsonObject();
    object.addProperty("name", network.name());
    object.addProperty("parameters", cost.parameters());
    object.addProperty("trainableParameters", cost.trainableParameters());
    object.addProperty("foldedParameters", cost.foldedParameters());
    object.addProperty("macs", cost.macs());
    object.addProperty("weightBytes", cost.weightBytes());
    object.addProperty("peakActivationBytes", network.plan().arenaBytes());
    object.addProperty("arenaBytes", network.plan().arenaBytes());
    object.addProperty("unfusedArenaBytes", network.trivialPlan().arenaBytes());
    object.addProperty("trafficBytes", cost.trafficBytes());
    object.add("activationTraffic", traffic(cost.convolutionTraffic()));
    cost.lastMap().ifPresent(last -> {
      JsonObject field = field(last.receptiveField());
      field.addProperty("layer", cost.layers().indexOf(last));
      object.add("receptiveField", field);
    });
    object.add("inputs", tensors(network.inputTypes()));
    object.add("outputs", tensors(network.outputTypes()));
    JsonArray layers = new JsonArray();
    cost.layers().forEach(layer -> layers.add(layer(layer)));
    object.add("layers", layers);
    return object;
  }

  private static JsonObject traffic(ConvolutionTraffic traffic) {
    JsonObject object = new JsonObject();
    object.add("unfused", traffic(traffic.unfused()));
    object.add("depthwisePointwiseFused", traffic(traffic.pairsFused()));
    object.add("blocksFused", traffic(traffic.blocksFused()));
    object.add("depthwisePointwiseReadOutside", traffic(traffic.pairsShared()));
    object.add("blocksReadOutside", traffic(traffic.blocksShared()));
    return object;
  }

  private static JsonObject traffic(Traffic traffic) {
    JsonObject object = new JsonObject();
    object.addProperty("elements", traffic.elements());
    object.addProperty("bytes", traffic.bytes());
    return object;
  }

  private static JsonObject field(ReceptiveField field) {
    JsonObject object = new JsonObject();
    field.window().ifPresent(window -> {
      object.add("size", pair(window.rows().size(), window.columns().size()));
      object.add("stride", pair(window.rows().stride(), window.columns().stride()));
      object.add("start", pair(window.rows().start(), window.columns().start()));
    });
    object.addProperty("wholeInput", field.wholeInput());
    return object;
  }

  private static JsonArray pair(long rows, long columns) {
    JsonArray array = new JsonArray();
    array.add(rows);
    array.add(columns);
    return array;
  }

  private static JsonArray tensors(List<TensorType> types) {
    JsonArray array = new JsonArray();
    for (TensorType type : types) {
      JsonObject tensor = new JsonObject();
      tensor.addProperty("type", type.element().text());
      tensor.add("shape", shape(type.shape()));
      if (type.isPerTensor()) {
        tensor.addProperty("scale", type.scale());
        tensor.addProperty("zeroPoint", type.zeroPoint());
      }
      array.add(tensor);
    }
    return array;
  }

  private static JsonObject layer(LayerCost layer) {
    JsonObject object = new JsonObject();
    object.addProperty("name", layer.name());
    object.addProperty("op", layer.op());
    if (layer.inputs().size() == 1) {
      object.add("input", shape(layer.inputs().get(0)));
    } else {
      JsonArray shapes = new JsonArray();
      layer.inputs().forEach(shape -> shapes.add(shape(shape)));
      object.add("input", shapes);
    }
    object.add("output", shape(layer.output()));
    object.addProperty("parameters", layer.parameters());
    object.addProperty("macs", layer.macs());
    object.addProperty("weightBytes", layer.weightBytes());
    object.addProperty("trafficBytes", layer.trafficBytes());
    object.add("receptiveField", field(layer.receptiveField()));
    return object;
  }

  private static JsonArray shape(Shape shape) {
    JsonArray array = new JsonArray();
    shape.dims().forEach(array::add);
    return array;
  }
}
