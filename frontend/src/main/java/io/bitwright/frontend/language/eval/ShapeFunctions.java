package io.bitwright.frontend.language.eval;

import static io.bitwright.frontend.language.eval.LayerFunctions.NAME;
import static io.bitwright.frontend.language.eval.LayerFunctions.X;
import static io.bitwright.frontend.language.value.Signature.optional;
import static io.bitwright.frontend.language.value.Signature.required;

import io.bitwright.frontend.language.layer.Layer;
import io.bitwright.frontend.language.layer.LayerOp;
import io.bitwright.frontend.language.value.ParameterType;
import io.bitwright.frontend.language.value.Signature;
import io.bitwright.frontend.language.value.Value;
import io.bitwright.ir.diag.DiagnosticException;
import io.bitwright.ir.diag.DiagnosticId;
import io.bitwright.ir.op.Padding;
import java.util.ArrayList;
import java.util.List;

/** Layers that move elements without computing. */
final class ShapeFunctions {
  private ShapeFunctions() {}

  static List<BuiltIn> all() {
    Signature concat = new Signature("concat", List.of(required("x", ParameterType.LIST), NAME), true);
    return List.of(
        new BuiltIn(concat, "Channels of all its arguments one after the other.", ShapeFunctions::concat),
        new BuiltIn(Signature.of("split", X, optional("parts", ParameterType.INT, Value.of(2L)), NAME),
            "A list of equal runs of channels.", ShapeFunctions::split),
        new BuiltIn(Signature.of("shuffle", X, required("groups", ParameterType.INT),
            optional("transposed", ParameterType.BOOL, Value.of(false)), NAME),
            "Channels seen as a matrix of so many rows (columns if transposed), transposed.", ShapeFunctions::shuffle),
        new BuiltIn(Signature.of("pad", X, required("sides", ParameterType.ANY), NAME),
            "Zeros around the image: [top, bottom, left, right].", ShapeFunctions::pad),
        new BuiltIn(Signature.of("crop", X, required("sides", ParameterType.ANY), NAME),
            "The image without [top, bottom, left, right] rows and columns.", ShapeFunctions::crop),
        new BuiltIn(Signature.of("subsample", X, required("stride", ParameterType.INT), NAME),
            "Every n-th row and column, from the first.", ShapeFunctions::subsample),
        new BuiltIn(Signature.of("flatten", X, NAME), "A vector of all elements.",
            (a, n) -> LayerFunctions.add(a, n, "flatten", new LayerOp.Flatten(), a.tensor("x").shape().elements())));
  }

  private static Value concat(Bound a, NetworkBuilder network) {
    List<Layer> inputs = new ArrayList<>();
    long channels = 0;
    for (Value value : ((Value.Items) a.value("x")).values()) {
      if (!(value instanceof Value.Tensor tensor)) {
        throw DiagnosticException.of(DiagnosticId.LANGUAGE_TYPE, a.at(), "an argument of concat", value.kind(), value,
            "tensor");
      }
      Layer layer = tensor.layer();
      Layer first = inputs.isEmpty() ? layer : inputs.get(0);
      if (layer.shape().rank() != 4 || layer.height() != first.height() || layer.width() != first.width()) {
        throw a.shapes("cannot join shapes " + first.shape() + " and " + layer.shape());
      }
      inputs.add(layer);
      channels += layer.channels();
    }
    if (inputs.isEmpty()) {
      throw DiagnosticException.of(DiagnosticId.LANGUAGE_ARGUMENTS, a.at(), "concat", "lacks arguments");
    }
    long[] dims = {1, inputs.get(0).height(), inputs.get(0).width(), channels};
    return new Value.Tensor(network.add("concat", a.text("name"), new LayerOp.Concat(), inputs, dims, a.at()));
  }

  private static Value split(Bound a, NetworkBuilder network) {
    Layer x = a.image("x");
    int parts = a.integer("parts", 1, Limits.REPETITIONS);
    if (x.channels() % parts != 0) {
      throw a.shapes(parts + " parts do not divide " + x.channels() + " channels");
    }
    int each = x.channels() / parts;
    List<Value> all = new ArrayList<>();
    for (int i = 0; i < parts; i++) {
      String name = a.text("name").isEmpty() ? "" : a.text("name") + "_" + i;
      long[] dims = {1, x.height(), x.width(), each};
      all.add(new Value.Tensor(
          network.add("split", name, new LayerOp.Slice(i * each, i, parts), List.of(x), dims, a.at())));
    }
    return Value.list(all);
  }

  private static Value shuffle(Bound a, NetworkBuilder network) {
    int groups = a.integer("groups", 1, Limits.CHANNELS);
    int channels = a.image("x").channels();
    if (channels % groups != 0) {
      throw a.shapes(groups + " groups do not divide " + channels + " channels");
    }
    return LayerFunctions.sameShape(a, network, "shuffle", new LayerOp.Shuffle(groups, a.flag("transposed")));
  }

  private static Value pad(Bound a, NetworkBuilder network) {
    Layer x = a.image("x");
    Padding sides = Windows.sides(a, "sides");
    return LayerFunctions.add(a, network, "pad", new LayerOp.Pad(sides),
        (long) x.height() + sides.top() + sides.bottom(), (long) x.width() + sides.left() + sides.right(), x.channels());
  }

  private static Value crop(Bound a, NetworkBuilder network) {
    Layer x = a.image("x");
    Padding sides = Windows.sides(a, "sides");
    int rows = x.height() - sides.top() - sides.bottom();
    int columns = x.width() - sides.left() - sides.right();
    if (rows < 1 || columns < 1) {
      throw a.shapes("nothing of " + x.height() + "x" + x.width() + " is left");
    }
    return LayerFunctions.add(a, network, "crop", new LayerOp.Crop(sides), rows, columns, x.channels());
  }

  private static Value subsample(Bound a, NetworkBuilder network) {
    Layer x = a.image("x");
    int stride = a.integer("stride", 1, Limits.WINDOW);
    return LayerFunctions.add(a, network, "subsample", new LayerOp.Subsample(stride),
        (x.height() + stride - 1) / stride, (x.width() + stride - 1) / stride, x.channels());
  }
}
