package io.bitwright.frontend.language.eval;

import static io.bitwright.frontend.language.value.Signature.optional;
import static io.bitwright.frontend.language.value.Signature.required;

import io.bitwright.frontend.language.layer.Layer;
import io.bitwright.frontend.language.layer.LayerOp;
import io.bitwright.frontend.language.value.ParameterType;
import io.bitwright.frontend.language.value.Signature;
import io.bitwright.frontend.language.value.Signature.Parameter;
import io.bitwright.frontend.language.value.Value;
import io.bitwright.ir.op.Window;
import java.util.List;

/** Layers with weights, and pooling. */
final class LayerFunctions {
  static final Parameter X = required("x", ParameterType.TENSOR);
  static final Parameter NAME = optional("name", ParameterType.STRING, Value.of(""));
  private static final Parameter KERNEL = required("kernel", ParameterType.ANY);
  private static final Parameter STRIDE = optional("stride", ParameterType.ANY, Value.of(1L));
  private static final Parameter SAME = optional("pad", ParameterType.ANY, Value.of(Windows.SAME));
  private static final Parameter VALID = optional("pad", ParameterType.ANY, Value.of(Windows.VALID));
  private static final Parameter DILATION = optional("dilation", ParameterType.INT, Value.of(1L));
  private static final Parameter BIAS = optional("bias", ParameterType.BOOL, Value.of(false));
  private static final Parameter CEIL = optional("ceil", ParameterType.BOOL, Value.of(false));

  private LayerFunctions() {}

  static List<BuiltIn> all() {
    return List.of(
        new BuiltIn(Signature.of("conv", X, required("filters", ParameterType.INT), KERNEL, STRIDE, SAME,
            optional("groups", ParameterType.INT, Value.of(1L)), DILATION, BIAS, NAME),
            "Convolution; kernel and stride are one int or [height, width].", LayerFunctions::conv),
        new BuiltIn(Signature.of("dwconv", X, KERNEL, STRIDE, SAME,
            optional("multiplier", ParameterType.INT, Value.of(1L)), DILATION, BIAS, NAME),
            "Depthwise convolution: each channel by itself.", LayerFunctions::dwconv),
        new BuiltIn(Signature.of("dense", X, required("units", ParameterType.INT),
            optional("bias", ParameterType.BOOL, Value.of(true)), NAME),
            "Fully connected layer over all elements.", LayerFunctions::dense),
        new BuiltIn(Signature.of("bn", X, optional("epsilon", ParameterType.REAL, Value.of(1e-3)),
            optional("scale", ParameterType.BOOL, Value.of(true)), NAME),
            "Batch normalisation; scale=false leaves gamma out.", LayerFunctions::bn),
        new BuiltIn(Signature.of("maxpool", X, KERNEL, STRIDE, VALID, CEIL, NAME),
            "Maximum over a window; ceil rounds the size up.", (a, n) -> pool(a, n, true)),
        new BuiltIn(Signature.of("avgpool", X, KERNEL, STRIDE, VALID, CEIL,
            optional("divisor", ParameterType.choice(List.of("inside", "window")), Value.of("inside")), NAME),
            "Average over a window; the divisor counts the pixels inside the image or the whole window.",
            (a, n) -> pool(a, n, false)),
        new BuiltIn(Signature.of("global_avgpool", X, NAME), "Mean over height and width.",
            LayerFunctions::globalPool));
  }

  private static Value conv(Bound a, NetworkBuilder network) {
    int channels = a.image("x").channels();
    int filters = a.integer("filters", 1, Limits.CHANNELS);
    int groups = a.integer("groups", 1, Limits.CHANNELS);
    if (channels % groups != 0 || filters % groups != 0) {
      throw a.shapes(groups + " groups do not divide " + channels + " input and " + filters + " output channels");
    }
    return convolution(a, network, "conv", filters, groups);
  }

  private static Value dwconv(Bound a, NetworkBuilder network) {
    int channels = a.image("x").channels();
    int multiplier = a.integer("multiplier", 1, Limits.CHANNELS / channels);
    return convolution(a, network, "dwconv", channels * multiplier, channels);
  }

  private static Value convolution(Bound a, NetworkBuilder network, String kind, int filters, int groups) {
    Layer x = a.image("x");
    Window window = Windows.of(a, x, a.integer("dilation", 1, Limits.WINDOW), false);
    long rows = window.outputH(x.height());
    long columns = window.outputW(x.width());
    network.charge((long) window.taps() * (x.channels() / groups) * filters, rows * columns, a.at());
    LayerOp op = new LayerOp.Convolution(filters, window, groups, a.flag("bias"));
    return add(a, network, kind, op, rows, columns, filters);
  }

  private static Value dense(Bound a, NetworkBuilder network) {
    Layer x = a.tensor("x");
    int units = a.integer("units", 1, Limits.CHANNELS);
    network.charge((long) x.shape().elements() * units, 1, a.at());
    LayerOp op = new LayerOp.Dense(units, a.flag("bias"));
    return x.shape().rank() == 4 ? add(a, network, "dense", op, 1, 1, units) : add(a, network, "dense", op, units);
  }

  private static Value bn(Bound a, NetworkBuilder network) {
    double epsilon = a.real("epsilon");
    if (epsilon < 0 || epsilon > 1) {
      throw a.range("epsilon", String.valueOf(epsilon), "between 0 and 1");
    }
    return sameShape(a, network, "bn", new LayerOp.Normalization(epsilon, a.flag("scale")));
  }

  private static Value pool(Bound a, NetworkBuilder network, boolean maximum) {
    Layer x = a.image("x");
    Window window = Windows.of(a, x, 1, a.flag("ceil"));
    boolean emptyWindow = window.padding().top() >= window.kernelH() || window.padding().left() >= window.kernelW();
    if (emptyWindow) {
      throw a.shapes("a window of " + window.kernelH() + "x" + window.kernelW() + " lies in the padding alone");
    }
    boolean whole = !maximum && a.text("divisor").equals("window");
    return add(a, network, maximum ? "maxpool" : "avgpool", new LayerOp.Pool(maximum, window, whole),
        window.outputH(x.height()), window.outputW(x.width()), x.channels());
  }

  private static Value globalPool(Bound a, NetworkBuilder network) {
    return add(a, network, "global_avgpool", new LayerOp.GlobalPool(), 1, 1, a.image("x").channels());
  }

  /** A layer on {@code x} with a shape given after the batch. */
  static Value add(Bound a, NetworkBuilder network, String kind, LayerOp op, long... dims) {
    long[] all = new long[dims.length + 1];
    all[0] = 1;
    System.arraycopy(dims, 0, all, 1, dims.length);
    return new Value.Tensor(network.add(kind, a.text("name"), op, List.of(a.tensor("x")), all, a.at()));
  }

  /** A layer on {@code x} that keeps its shape. */
  static Value sameShape(Bound a, NetworkBuilder network, String kind, LayerOp op) {
    Layer x = a.tensor("x");
    long[] dims = x.shape().dims().stream().mapToLong(d -> d).toArray();
    return new Value.Tensor(network.add(kind, a.text("name"), op, List.of(x), dims, a.at()));
  }
}
