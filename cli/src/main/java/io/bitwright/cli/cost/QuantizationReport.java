package io.bitwright.cli.cost;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.bitwright.cli.console.Console;
import io.bitwright.cli.console.TextTable;
import io.bitwright.frontend.quantise.evaluate.Sensitivity;
import io.bitwright.ir.diag.Printable;
import io.bitwright.ir.graph.Graph;
import io.bitwright.ir.graph.Node;
import io.bitwright.ir.op.Op;
import io.bitwright.ir.op.OpKind;
import io.bitwright.ir.type.ElementType;
import io.bitwright.ir.type.Shape;
import io.bitwright.ir.type.TensorType;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What quantisation cost.
 *
 * @param graph  as quantised
 * @param rows  an operator each; empty where the network was quantised already
 * @param inputs  how many the network was calibrated with
 */
public record QuantizationReport(Graph graph, Optional<List<Sensitivity.Row>> rows, int inputs) {
  private static final int LONGEST_NAME = 40;

  /** Outputs with less than these decibels are off where a box or an angle is read from them. */
  private static final double NOISY = 25;

  /** Prints the table, what the outputs are off, and the file that was written. */
  public void print(Console console, Path file, long bytes) {
    rows.ifPresent(all -> {
      TextTable table = new TextTable().row("operator", "", "result", "scale", "zero point", "alone dB", "network dB");
      all.forEach(row -> table.row(shortened(row.real().name()), OpKind.of(row.real().op()).mnemonic(),
          row.real().type().shape().toString(), scale(row.image().type()), zeroPoint(row.image().type()),
          decibels(row.alone().decibels()), decibels(row.whole().decibels())));
      console.print(table);
      console.print("");
      console.print("dB: signal to quantisation noise; alone: the operator on right operands, network: as the whole computes");
      all.stream().filter(this::isOutput).forEach(row -> console.print(
          "output %s: %s dB%s", Printable.of(row.real().name()), decibels(row.whole().decibels()), agreement(row)));
      if (all.stream().anyMatch(this::couldBeBetter)) {
        console.print("below %.0f dB: --activations int16 leaves less noise, in tensors of twice the size", NOISY);
      }
      console.print("calibrated with %d inputs", inputs);
    });
    console.print("%s: %,d bytes", file, bytes);
  }

  private boolean couldBeBetter(Sensitivity.Row row) {
    return isOutput(row) && row.image().type().element() == ElementType.I8 && row.whole().decibels() < NOISY;
  }

  /** Of answers that are one vector: which class it is. */
  private static String agreement(Sensitivity.Row row) {
    Shape shape = row.real().type().shape();
    return shape.rank() == 0 || shape.elements() != shape.dim(-1) ? ""
        : String.format(Locale.ROOT, ", the largest element in the same place as in float on %d of %d calibration inputs",
            row.sameLargest(), row.frames());
  }

  /** The same as JSON. */
  public JsonObject json(Path file, long bytes) {
    JsonObject object = new JsonObject();
    object.addProperty("name", graph.name());
    object.addProperty("file", file.toString());
    object.addProperty("bytes", bytes);
    object.addProperty("calibrationInputs", inputs);
    JsonArray layers = new JsonArray();
    rows.orElse(List.of()).forEach(row -> layers.add(json(row)));
    object.add("layers", layers);
    return object;
  }

  private JsonObject json(Sensitivity.Row row) {
    JsonObject object = new JsonObject();
    object.addProperty("name", row.real().name());
    object.addProperty("op", OpKind.of(row.real().op()).mnemonic());
    JsonArray shape = new JsonArray();
    row.real().type().shape().dims().forEach(shape::add);
    object.add("output", shape);
    if (row.image().type().isPerTensor()) {
      object.addProperty("scale", row.image().type().scale());
      object.addProperty("zeroPoint", row.image().type().zeroPoint());
    }
    // JSON has no infinity: what has no noise has no figure.
    if (row.alone().noise() > 0) {
      object.addProperty("aloneDecibels", row.alone().decibels());
    }
    if (row.whole().noise() > 0) {
      object.addProperty("networkDecibels", row.whole().decibels());
    }
    if (isOutput(row)) {
      object.addProperty("sameLargest", row.sameLargest());
      object.addProperty("compared", row.frames());
    }
    return object;
  }

  /** Whether it is what an output gives, under another shape perhaps: reshapes have no rows of their own. */
  private boolean isOutput(Sensitivity.Row row) {
    return graph.outputs().stream().map(QuantizationReport::beforeReshapes).anyMatch(n -> n == row.image());
  }

  private static Node beforeReshapes(Node node) {
    Node computed = node;
    while (computed.op() instanceof Op.Reshape) {
      computed = computed.operand(0);
    }
    return computed;
  }

  private static String shortened(String name) {
    String printable = Printable.of(name);
    return printable.length() <= LONGEST_NAME ? printable : printable.substring(0, LONGEST_NAME - 3) + "...";
  }

  private static String scale(TensorType type) {
    return type.isPerTensor() ? String.format(Locale.ROOT, "%.6g", type.scale()) : "";
  }

  private static String zeroPoint(TensorType type) {
    return type.isPerTensor() ? String.valueOf(type.zeroPoint()) : "";
  }

  private static String decibels(double value) {
    return Double.isInfinite(value) ? "exact" : Double.isNaN(value) ? "" : String.format(Locale.ROOT, "%.1f", value);
  }
}
