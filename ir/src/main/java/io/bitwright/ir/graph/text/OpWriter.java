package io.bitwright.ir.graph.text;

import io.bitwright.ir.op.Clamp;
import io.bitwright.ir.op.Op;
import io.bitwright.ir.op.Padding;
import io.bitwright.ir.op.Rounding;
import io.bitwright.ir.op.Window;
import io.bitwright.ir.type.RealText;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The attributes of an operator as text, in a fixed order; defaults are left out, rounding never is. */
final class OpWriter implements Op.Visitor<List<String>> {
  private static final String NOTHING = "";

  /** {@code {stride=2x2, round=tflite}} with a blank in front; empty where there is nothing to say. */
  static String write(Op op) {
    String joined = op.accept(new OpWriter()).stream().filter(s -> !s.isEmpty()).collect(Collectors.joining(", "));
    return joined.isEmpty() ? "" : " {" + joined + "}";
  }

  private static String kernel(Window w) {
    return "kernel=" + w.kernelH() + "x" + w.kernelW();
  }

  private static String pair(String key, int h, int w) {
    return h == 1 && w == 1 ? NOTHING : key + "=" + h + "x" + w;
  }

  private static String stride(Window w) {
    return pair("stride", w.strideH(), w.strideW());
  }

  private static String dilation(Window w) {
    return pair("dilation", w.dilationH(), w.dilationW());
  }

  private static String pad(Window w) {
    Padding p = w.padding();
    return p.isNone() ? NOTHING : "pad=" + list(List.of(p.top(), p.bottom(), p.left(), p.right()));
  }

  private static String list(List<Integer> values) {
    return values.stream().map(String::valueOf).collect(Collectors.joining(",", "[", "]"));
  }

  private static String clamp(Clamp c) {
    return limits("clamp", c);
  }

  private static String limits(String key, Clamp c) {
    return c.isNone() ? NOTHING : key + "=[" + RealText.of(c.lo()) + "," + RealText.of(c.hi()) + "]";
  }

  private static String round(Rounding rounding) {
    return "round=" + rounding.text();
  }

  @Override
  public List<String> visit(Op.Input op) {
    return List.of();
  }

  @Override
  public List<String> visit(Op.Constant op) {
    return List.of();
  }

  @Override
  public List<String> visit(Op.Conv2d op) {
    Window w = op.window();
    String groups = op.groups() == 1 ? NOTHING : "groups=" + op.groups();
    return List.of(kernel(w), stride(w), dilation(w), pad(w), groups, clamp(op.clamp()), round(op.rounding()));
  }

  @Override
  public List<String> visit(Op.DepthwiseConv2d op) {
    Window w = op.window();
    String multiplier = op.multiplier() == 1 ? NOTHING : "multiplier=" + op.multiplier();
    return List.of(kernel(w), stride(w), dilation(w), pad(w), multiplier, clamp(op.clamp()), round(op.rounding()));
  }

  @Override
  public List<String> visit(Op.FullyConnected op) {
    return List.of(clamp(op.clamp()), round(op.rounding()));
  }

  @Override
  public List<String> visit(Op.AveragePool2d op) {
    Window w = op.window();
    String divisor = op.divisor() == Op.Divisor.INSIDE ? NOTHING : "divisor=window";
    return List.of(kernel(w), stride(w), dilation(w), pad(w), divisor, clamp(op.clamp()));
  }

  @Override
  public List<String> visit(Op.MaxPool2d op) {
    Window w = op.window();
    return List.of(kernel(w), stride(w), dilation(w), pad(w), clamp(op.clamp()));
  }

  @Override
  public List<String> visit(Op.Mean op) {
    return List.of("axes=" + list(op.axes()), "keep_dims=" + op.keepDims(), round(op.rounding()));
  }

  @Override
  public List<String> visit(Op.Add op) {
    return List.of(clamp(op.clamp()), round(op.rounding()));
  }

  @Override
  public List<String> visit(Op.Mul op) {
    return List.of(clamp(op.clamp()), round(op.rounding()));
  }

  @Override
  public List<String> visit(Op.Concat op) {
    return op.interleaved() ? List.of("axis=" + op.axis(), "interleaved=true") : List.of("axis=" + op.axis());
  }

  @Override
  public List<String> visit(Op.Pad op) {
    String value = op.value().isPresent() ? "value=" + RealText.of(op.value().getAsDouble()) : NOTHING;
    return List.of("before=" + list(op.before()), "after=" + list(op.after()), value);
  }

  @Override
  public List<String> visit(Op.Slice op) {
    return List.of("begin=" + list(op.begin()), "extent=" + list(op.extent()));
  }

  @Override
  public List<String> visit(Op.ChannelShuffle op) {
    return List.of("groups=" + op.groups());
  }

  @Override
  public List<String> visit(Op.Elementwise op) {
    return List.of("function=" + op.function().text(), clamp(op.clamp()), round(op.rounding()));
  }

  @Override
  public List<String> visit(Op.Transpose op) {
    return List.of("order=" + list(op.order()));
  }

  @Override
  public List<String> visit(Op.Gather op) {
    return List.of("axis=" + op.axis(), "indices=" + list(op.indices()));
  }

  @Override
  public List<String> visit(Op.ResizeBilinear op) {
    return List.of("align_corners=" + op.alignCorners(), "half_pixel_centers=" + op.halfPixelCenters());
  }

  @Override
  public List<String> visit(Op.BatchNorm op) {
    return List.of("epsilon=" + RealText.of(op.epsilon()), clamp(op.clamp()));
  }

  @Override
  public List<String> visit(Op.LocalResponseNorm op) {
    return List.of("size=" + op.size(), "alpha=" + RealText.of(op.alpha()), "beta=" + RealText.of(op.beta()),
        "bias=" + RealText.of(op.bias()));
  }

  @Override
  public List<String> visit(Op.Reshape op) {
    return List.of();
  }

  @Override
  public List<String> visit(Op.Softmax op) {
    return List.of("beta=" + RealText.of(op.beta()));
  }

  @Override
  public List<String> visit(Op.LogSoftmax op) {
    return List.of();
  }

  @Override
  public List<String> visit(Op.ArgMax op) {
    return List.of("last=" + op.last());
  }

  @Override
  public List<String> visit(Op.Logistic op) {
    return List.of();
  }

  @Override
  public List<String> visit(Op.HardSwish op) {
    return List.of();
  }

  @Override
  public List<String> visit(Op.Relu op) {
    return List.of("kind=" + op.activation().name().toLowerCase(Locale.ROOT), round(op.rounding()));
  }

  @Override
  public List<String> visit(Op.Clip op) {
    return List.of(limits("limits", op.limits()), round(op.rounding()));
  }

  @Override
  public List<String> visit(Op.HardSigmoid op) {
    return List.of();
  }

  @Override
  public List<String> visit(Op.Swish op) {
    return List.of();
  }

  @Override
  public List<String> visit(Op.Tanh op) {
    return List.of();
  }

  @Override
  public List<String> visit(Op.Unary op) {
    return List.of("function=" + op.function().text(), round(op.rounding()));
  }

  @Override
  public List<String> visit(Op.Quantize op) {
    return List.of(round(op.rounding()));
  }

  @Override
  public List<String> visit(Op.Dequantize op) {
    return List.of();
  }

  @Override
  public List<String> visit(Op.Table op) {
    return List.of();
  }
}
