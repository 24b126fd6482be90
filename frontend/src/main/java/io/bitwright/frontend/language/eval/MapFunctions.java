package io.bitwright.frontend.language.eval;

import static io.bitwright.frontend.language.eval.LayerFunctions.NAME;
import static io.bitwright.frontend.language.eval.LayerFunctions.X;
import static io.bitwright.frontend.language.value.Signature.optional;
import static io.bitwright.frontend.language.value.Signature.required;

import io.bitwright.frontend.language.layer.Layer;
import io.bitwright.frontend.language.layer.LayerOp;
import io.bitwright.frontend.language.layer.LayerOp.Function;
import io.bitwright.frontend.language.value.ParameterType;
import io.bitwright.frontend.language.value.Signature;
import io.bitwright.frontend.language.value.Value;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Activations and what works on the elements of feature maps. */
final class MapFunctions {
  /** Activations by the names that descriptions use; "linear" is none. */
  private static final Map<String, Function> ACTIVATIONS = new TreeMap<>(Map.of("relu", Function.RELU, "relu6",
      Function.RELU6, "hsigmoid", Function.HARD_SIGMOID, "hswish", Function.HARD_SWISH, "sigmoid", Function.SIGMOID,
      "swish", Function.SWISH));
  private static final String LINEAR = "linear";

  private MapFunctions() {}

  static List<BuiltIn> all() {
    List<BuiltIn> all = new java.util.ArrayList<>();
    ACTIVATIONS.forEach((name, function) -> all.add(new BuiltIn(Signature.of(name, X, NAME),
        "Activation " + name + ".", (a, n) -> activate(a, n, name, function))));
    List<String> names = new java.util.ArrayList<>(ACTIVATIONS.keySet());
    names.add(LINEAR);
    all.add(new BuiltIn(Signature.of("activation", X, required("function", ParameterType.choice(names)), NAME),
        "The activation that a text names; \"linear\" is none.", MapFunctions::named));
    all.add(new BuiltIn(Signature.of("clip", X, required("lo", ParameterType.REAL), required("hi", ParameterType.REAL),
        NAME), "Limits every element.", MapFunctions::clip));
    all.add(new BuiltIn(Signature.of("softmax", X, NAME), "Softmax over channels.",
        (a, n) -> LayerFunctions.sameShape(a, n, "softmax", new LayerOp.Softmax())));
    all.add(new BuiltIn(Signature.of("lrn", X, optional("size", ParameterType.INT, Value.of(5L)),
        optional("alpha", ParameterType.REAL, Value.of(1e-4)), optional("beta", ParameterType.REAL, Value.of(0.75)),
        optional("bias", ParameterType.REAL, Value.of(1.0)), NAME),
        "Local response normalisation: x / (bias + alpha / size * sum of squares over channels) ^ beta.",
        MapFunctions::lrn));
    all.add(new BuiltIn(Signature.of("dropout", X, optional("rate", ParameterType.REAL, Value.of(0.5))),
        "Nothing at inference.", MapFunctions::dropout));
    all.add(new BuiltIn(Signature.of("identity", X), "x itself, as a branch.", (a, n) -> a.value("x")));
    all.add(new BuiltIn(Signature.of("add", X, required("y", ParameterType.TENSOR), NAME),
        "Sum of two tensors of one shape; + does the same.", (a, n) -> add(a, n)));
    all.add(new BuiltIn(Signature.of("mul", X, required("y", ParameterType.TENSOR), NAME),
        "Product; y may have one pixel, which then scales all of x; * does the same.", (a, n) -> multiply(a, n)));
    return List.copyOf(all);
  }

  private static Value activate(Bound a, NetworkBuilder network, String name, Function function) {
    LayerOp op = new LayerOp.Activation(function, 0, 0);
    return LayerFunctions.sameShape(a, network, name, op);
  }

  private static Value named(Bound a, NetworkBuilder network) {
    String name = a.text("function");
    return name.equals(LINEAR) ? a.value("x") : activate(a, network, name, ACTIVATIONS.get(name));
  }

  private static Value clip(Bound a, NetworkBuilder network) {
    double lo = a.real("lo");
    double hi = a.real("hi");
    if (lo > hi) {
      throw a.range("hi", String.valueOf(hi), "at least lo, " + lo);
    }
    return LayerFunctions.sameShape(a, network, "clip", new LayerOp.Activation(Function.CLIP, lo, hi));
  }

  private static Value lrn(Bound a, NetworkBuilder network) {
    a.image("x");
    int size = a.integer("size", 1, Limits.WINDOW);
    return LayerFunctions.sameShape(a, network, "lrn",
        new LayerOp.LocalResponse(size, a.real("alpha"), a.real("beta"), a.real("bias")));
  }

  private static Value dropout(Bound a, NetworkBuilder network) {
    double rate = a.real("rate");
    if (rate < 0 || rate >= 1) {
      throw a.range("rate", String.valueOf(rate), "at least 0 and below 1");
    }
    return a.value("x");
  }

  private static Value add(Bound a, NetworkBuilder network) {
    Layer x = a.tensor("x");
    Layer y = a.tensor("y");
    if (!x.shape().equals(y.shape())) {
      throw a.shapes("cannot add shapes " + x.shape() + " and " + y.shape());
    }
    return pair(a, network, "add", new LayerOp.Add(), x, y);
  }

  private static Value multiply(Bound a, NetworkBuilder network) {
    Layer x = a.tensor("x");
    Layer y = a.tensor("y");
    boolean scales = x.shape().rank() == y.shape().rank() && y.height() == 1 && y.width() == 1
        && x.channels() == y.channels();
    if (!scales && !x.shape().equals(y.shape())) {
      throw a.shapes("cannot multiply shapes " + x.shape() + " and " + y.shape());
    }
    return pair(a, network, "mul", new LayerOp.Multiply(), x, y);
  }

  private static Value pair(Bound a, NetworkBuilder network, String kind, LayerOp op, Layer x, Layer y) {
    long[] dims = x.shape().dims().stream().mapToLong(d -> d).toArray();
    return new Value.Tensor(network.add(kind, a.text("name"), op, List.of(x, y), dims, a.at()));
  }
}
