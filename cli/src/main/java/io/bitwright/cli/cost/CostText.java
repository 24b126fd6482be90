package io.bitwright.cli.cost;

import io.bitwright.compiler.Network;
import io.bitwright.ir.cost.ConvolutionTraffic;
import io.bitwright.ir.cost.LayerCost;
import io.bitwright.ir.cost.NetworkCost;
import io.bitwright.ir.cost.ReceptiveField;
import io.bitwright.ir.cost.Traffic;
import io.bitwright.ir.diag.Printable;
import io.bitwright.ir.type.Shape;
import io.bitwright.ir.type.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a network costs, for people. */
public final class CostText {
  private final NetworkCost cost;
  private final List<String> totals = new ArrayList<>();

  private CostText(NetworkCost cost) {
    this.cost = cost;
  }

  /** The network in a line. */
  public static String title(Network network) {
    return Printable.of(network.name()) + ": " + types(network.inputTypes()) + " -> " + types(network.outputTypes());
  }

  /** Its layers, a row of cells each, below one of headings. */
  public static List<List<String>> layers(NetworkCost cost) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("layer", "operator", "input", "output", "parameters", "MACs", "bytes moved", "field", "name"));
    for (LayerCost layer : cost.layers()) {
      rows.add(List.of(String.valueOf(rows.size() - 1), layer.op(), inputs(layer.inputs()), layer.output().toString(),
          number(layer.parameters()), number(layer.macs()), number(layer.trafficBytes()),
          field(layer.receptiveField()), name(layer.name())));
    }
    return rows;
  }

  /** What it costs as a whole, in lines. */
  public static List<String> totals(Network network, NetworkCost cost) {
    CostText text = new CostText(cost);
    text.sizes(network);
    text.traffic(cost.convolutionTraffic());
    text.receptiveField();
    return text.totals;
  }

  private void sizes(Network network) {
    line("parameters", number(cost.parameters()), "");
    if (cost.trainableParameters() != cost.parameters()) {
      line("of them trainable", number(cost.trainableParameters()), "");
      line("batch norms folded", number(cost.foldedParameters()), "");
    }
    line("multiply-accumulates", number(cost.macs()), "");
    line("weights", number(cost.weightBytes()), " bytes");
    line("peak activations", number(network.plan().arenaBytes()), " bytes, inputs and outputs included");
    line("  kernel by kernel", number(network.trivialPlan().arenaBytes()), " bytes");
    line("activation traffic", number(cost.trafficBytes()), " bytes, every operator on its own");
  }

  private void traffic(ConvolutionTraffic traffic) {
    totals.add("activation traffic of convolutions and fully connected layers");
    line("  unfused", traffic.unfused(), "");
    line("  depthwise + pointwise", traffic.pairsFused(), " fused");
    outside(traffic.pairsShared());
    line("  whole blocks", traffic.blocksFused(), " fused: expansion, depthwise, projection");
    outside(traffic.blocksShared());
  }

  private void outside(Traffic shared) {
    if (shared.elements() > 0) {
      line("  and inside of them", shared, " more, which others read too");
    }
  }

  private void receptiveField() {
    Optional<LayerCost> last = cost.lastMap();
    if (last.isEmpty()) {
      line("receptive field", "all", " of the input");
      return;
    }
    ReceptiveField.Window window = last.get().receptiveField().window().orElseThrow();
    boolean gates = last.get().receptiveField().wholeInput();
    line("receptive field", window.rows().size() + "x" + window.columns().size(), " pixels at a stride of "
        + window.rows().stride() + "x" + window.columns().stride() + ", layer " + cost.layers().indexOf(last.get())
        + (gates ? "; by gates (+) the whole input besides" : ""));
  }

  private void line(String label, Traffic traffic, String remark) {
    String bytes = String.format(Locale.ROOT, " elements %,15d bytes%s", traffic.bytes(), remark);
    line(label, number(traffic.elements()), bytes);
  }

  private void line(String label, String value, String remark) {
    totals.add(String.format(Locale.ROOT, "%-24s%15s%s", label, value, remark));
  }

  /** The first of the names that TFLite gives to a tensor of fused operators. */
  private static String name(String name) {
    int end = name.indexOf(';');
    return Printable.of(end < 0 ? name : name.substring(0, end) + ";..");
  }

  /** Equal shapes are counted, and of a concatenation the last dimensions are added. */
  private static String inputs(List<Shape> shapes) {
    List<Shape> distinct = shapes.stream().distinct().toList();
    if (shapes.size() > 1 && distinct.size() == 1) {
      return shapes.size() + " of " + distinct.get(0);
    }
    List<String> stems = shapes.stream().map(CostText::stem).distinct().toList();
    return shapes.size() > 1 && stems.size() == 1
        ? stems.get(0) + shapes.stream().map(s -> String.valueOf(s.dim(-1))).collect(Collectors.joining("+"))
        : shapes.stream().map(Shape::toString).collect(Collectors.joining(" "));
  }

  /** All but the last dimension. */
  private static String stem(Shape shape) {
    String text = shape.toString();
    return text.substring(0, text.lastIndexOf('x') + 1);
  }

  private static String field(ReceptiveField field) {
    String gates = field.wholeInput() ? "+" : "";
    return field.window().map(w -> (w.rows().size() == w.columns().size() ? String.valueOf(w.rows().size())
        : w.rows().size() + "x" + w.columns().size()) + gates).orElse("all");
  }

  private static String types(List<TensorType> types) {
    return types.stream().map(t -> t.element().text() + " " + t.shape()).collect(Collectors.joining(", "));
  }

  private static String number(long n) {
    return String.format(Locale.ROOT, "%,d", n);
  }
}
