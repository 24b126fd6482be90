package io.bitwright.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.bitwright.cli.console.TextTable;
import io.bitwright.compiler.Elements;
import io.bitwright.compiler.Network;
import io.bitwright.compiler.data.ModelTensor;
import io.bitwright.ir.diag.Printable;
import io.bitwright.ir.type.TensorType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** A network's outputs for people and programs: the largest elements of each. */
record Results(Network network, List<byte[]> outputs, List<String> labels, int count) {
  /** Indices of the largest elements, largest first; the earlier one first among equals. */
  static List<Integer> largest(Elements elements, int count) {
    return IntStream.range(0, elements.count()).boxed()
        .sorted(Comparator.comparingDouble((Integer i) -> -elements.real(i))).limit(count).toList();
  }

  List<String> lines() {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < outputs.size(); i++) {
      ModelTensor tensor = network.outputs().get(i);
      TensorType type = tensor.ownType();
      Elements elements = new Elements(type, tensor.toOwn(outputs.get(i)));
      lines.add("output " + i + ": " + type.element().text() + " " + type.shape() + ", largest first");
      TextTable table = new TextTable().row("  index", "code", "value", labels.isEmpty() ? "" : "label");
      for (int index : largest(elements, count)) {
        table.row("  " + index, elements.text(index), String.format(Locale.ROOT, "%.6g", elements.real(index)),
            label(index));
      }
      lines.addAll(table.lines());
    }
    return lines;
  }

  JsonArray json() {
    JsonArray all = new JsonArray();
    for (int i = 0; i < outputs.size(); i++) {
      ModelTensor tensor = network.outputs().get(i);
      TensorType type = tensor.ownType();
      Elements elements = new Elements(type, tensor.toOwn(outputs.get(i)));
      JsonObject output = new JsonObject();
      output.addProperty("type", type.element().text());
      JsonArray shape = new JsonArray();
      type.shape().dims().forEach(shape::add);
      output.add("shape", shape);
      output.add("top", top(elements));
      all.add(output);
    }
    return all;
  }

  private JsonArray top(Elements elements) {
    JsonArray top = new JsonArray();
    for (int index : largest(elements, count)) {
      JsonObject entry = new JsonObject();
      entry.addProperty("index", index);
      double real = elements.real(index);
      if (Double.isFinite(real)) {
        entry.addProperty("value", real);
      }
      if (index < labels.size()) {
        entry.addProperty("label", labels.get(index));
      }
      top.add(entry);
    }
    return top;
  }

  private String label(int index) {
    return index < labels.size() ? Printable.of(labels.get(index)) : "";
  }
}
