package io.bitwright.ir.graph;

import io.bitwright.ir.op.Clamp;
import io.bitwright.ir.op.Window;
import io.bitwright.ir.scalar.function.ElementwiseSemantics;
import io.bitwright.ir.type.ElementType;
import io.bitwright.ir.type.Quantization;
import io.bitwright.ir.type.Shape;
import io.bitwright.ir.type.TensorType;
import java.util.List;
import java.util.stream.Collectors;

/** Checks that several operators share, for one node. Each gives whether it holds. */
final class NodeChecks {
  private static final float PROBABILITY_SCALE = 1f / 256;
  private static final float WIDE_SCALE = 1f / 32768;
  private static final float LOGARITHM_SCALE = 1f / 16;

  private final Node node;
  private final GraphVerifier verifier;

  NodeChecks(Node node, GraphVerifier verifier) {
    this.node = node;
    this.verifier = verifier;
  }

  boolean require(boolean condition, String message) {
    return verifier.require(condition, node, message);
  }

  static String describe(TensorType type) {
    String meaning = type.quantization() instanceof Quantization.PerTensor q
        ? " with scale " + q.scale() + " and zero point " + q.zeroPoint()
        : type.quantization() instanceof Quantization.PerAxis q ? " quantised along axis " + q.axis() : "";
    String dims = type.shape().rank() == 0 ? "" : type.shape() + " x ";
    return dims + type.element().text() + meaning;
  }

  /** Whether a tensor of that type can be computed with: f32, or 8 bits quantised as a whole. */
  static boolean isActivation(TensorType type) {
    return type.isFloat() || type.element().is8Bit() && type.isPerTensor();
  }

  /** Whether a tensor of that type is one of 16-bit codes: as TFLite has them, around 0. */
  static boolean isWide(TensorType type) {
    return isCentred(type, ElementType.I16);
  }

  /** Whether a tensor of that type can hold accumulators: 32 bits with one scale, real zero as 0. */
  static boolean isAccumulator(TensorType type) {
    return isCentred(type, ElementType.I32);
  }

  private static boolean isCentred(TensorType type, ElementType element) {
    return type.element() == element && type.isPerTensor() && type.zeroPoint() == 0;
  }

  boolean rank(String operand, TensorType type, int rank) {
    return require(type.shape().rank() == rank,
        "has " + operand + " of rank " + type.shape().rank() + " (must be " + rank + ")");
  }

  /** The result's shape. */
  boolean shape(List<Integer> expected) {
    String text = expected.stream().map(String::valueOf).collect(Collectors.joining("x"));
    return require(node.type().shape().dims().equals(expected),
        "has shape " + node.type().shape() + " (must be " + text + ")");
  }

  /** An operand and the result that take part in arithmetic: of the same element type, f32 or quantised to 8 bits. */
  boolean computed(TensorType operand) {
    return computed(operand, isActivation(operand), isActivation(node.type()));
  }

  /** The same for arithmetic that 16-bit codes have too. */
  boolean computedWide(TensorType operand) {
    return computed(
        operand, isActivation(operand) || isWide(operand), isActivation(node.type()) || isWide(node.type()));
  }

  private boolean computed(TensorType operand, boolean computable, boolean gives) {
    return require(computable, "has an operand of " + describe(operand) + ", which has no arithmetic")
        && require(gives, "gives " + describe(node.type()) + ", which has no arithmetic")
        && require(operand.element() == node.type().element(),
            "gives " + node.type().element().text() + " from " + operand.element().text());
  }

  /** An operand's codes mean what the result's mean. */
  boolean sameQuantization(TensorType operand) {
    boolean same = operand.element() == node.type().element()
        && operand.quantization().equals(node.type().quantization());
    boolean perAxis = node.type().quantization() instanceof Quantization.PerAxis;
    return require(same && !perAxis,
        "gives " + describe(node.type()) + " from " + describe(operand) + " (must have the same quantisation)");
  }

  /** An operand that a concatenation takes: u8 may be quantised differently, as in old files, and is rescaled. */
  boolean joins(TensorType operand) {
    boolean rescaled = operand.element() == ElementType.U8 && node.type().element() == ElementType.U8
        && operand.isPerTensor() && node.type().isPerTensor();
    return rescaled || sameQuantization(operand);
  }

  /** Limits are codes of the result's type. */
  boolean clamp(Clamp clamp) {
    if (node.type().isFloat()) {
      return true;
    }
    return require(isCode(clamp.lo()) && isCode(clamp.hi()),
        "has clamp [" + clamp.lo() + "," + clamp.hi() + "] (must be codes of " + node.type().element().text() + ")");
  }

  private boolean isCode(double limit) {
    ElementType element = node.type().element();
    return Double.isInfinite(limit) || limit == Math.rint(limit) && limit >= element.min() && limit <= element.max();
  }

  /** The window's arithmetic stays far from the limits of an int. */
  boolean sized(Window w) {
    long rows = (w.kernelH() - 1L) * w.dilationH() + w.padding().top() + w.padding().bottom();
    long columns = (w.kernelW() - 1L) * w.dilationW() + w.padding().left() + w.padding().right();
    int most = GraphVerifier.LARGEST_WINDOW;
    return require(Math.max(rows, columns) <= most, "has a window that spans more than " + most + " rows or columns");
  }

  /** The window's kernel is that of weights O, H, W, I or 1, H, W, O. */
  boolean kernel(Window window, Shape weights) {
    return require(window.kernelH() == weights.dim(1) && window.kernelW() == weights.dim(2),
        "has kernel " + window.kernelH() + "x" + window.kernelW() + " for weights of shape " + weights);
  }

  /** Every placement of the window has a tap inside of the image. */
  boolean touches(Window window) {
    Shape in = node.operand(0).type().shape();
    Shape out = node.type().shape();
    if (out.rank() != 4) {
      return false; // the check of the shape reports it
    }
    boolean rows = window.padding().top() < window.extentH()
        && (out.dim(1) - 1L) * window.strideH() - window.padding().top() < in.dim(1);
    boolean columns = window.padding().left() < window.extentW()
        && (out.dim(2) - 1L) * window.strideW() - window.padding().left() < in.dim(2);
    return require(rows && columns, "has a window that lies in the padding only");
  }

  /**
   * TFLite fixes the result's quantisation: scale 1/256, the smallest code stands for 0; of 16 bits scale 1/32768, zero
   * point 0.
   */
  boolean probability() {
    TensorType type = node.type();
    if (isWide(type)) {
      return wideFraction();
    }
    boolean fixed = type.isFloat()
        || type.isPerTensor() && type.scale() == PROBABILITY_SCALE && type.zeroPoint() == type.element().min();
    return require(fixed, "gives " + describe(type) + " (must have scale 1/256 and its smallest code as zero point)");
  }

  /** 16-bit codes of numbers in [-1, 1]. */
  boolean wideFraction() {
    return require(!isWide(node.type()) || node.type().scale() == WIDE_SCALE,
        "gives " + describe(node.type()) + " (must have scale 1/32768)");
  }

  /** TFLite fixes the result's quantisation: scale 1/16, the largest code stands for 0. */
  boolean logarithm() {
    TensorType type = node.type();
    boolean fixed = type.isFloat()
        || type.isPerTensor() && type.scale() == LOGARITHM_SCALE && type.zeroPoint() == type.element().max();
    return require(fixed, "gives " + describe(type) + " (must have scale 1/16 and its largest code as zero point)");
  }

  /** An operand's scale is a power of two, no larger than the result's, as far below it as its codes have bits at most. */
  boolean shifted(TensorType operand) {
    return require(ElementwiseSemantics.shift(operand.scale(), node.type().scale()).isPresent(),
        "shifts " + describe(operand) + " to scale " + node.type().scale()
            + " (both must be powers of two, at most 2^15 apart, the result's no smaller)");
  }

  /** Weights (operand 1) with {@code filters} along {@code axis}, and bias (operand 2, where there is one). */
  boolean weighted(int axis, int filters) {
    TensorType weights = node.operand(1).type();
    TensorType x = node.operand(0).type();
    boolean wide = isWide(x);
    ElementType element = wide ? ElementType.I8 : x.element();
    boolean fits = (isAccumulator(node.type()) ? accumulated(x, weights) : computedWide(x))
        && require(node.operand(1).isConstant(), "has weights that are not constant")
        && require(weights.element() == element,
            "has weights of " + weights.element().text() + " (must be " + element.text() + ")")
        && require(!wide || !weights.isPerTensor() || weights.zeroPoint() == 0,
            "has weights of " + describe(weights) + " (must have zero point 0)")
        && require(weights.isFloat() || isWeights(weights.quantization(), weights.element(), axis),
            "has weights of " + describe(weights) + " (must be quantised as a whole or, i8, along axis " + axis + ")");
    return fits && (node.operands().size() < 3 || bias(filters));
  }

  /** Accumulators of codes: their scale is the product of the operands'. */
  private boolean accumulated(TensorType x, TensorType weights) {
    return require(isActivation(x) && !x.isFloat() && weights.isPerTensor(),
            "gives accumulators of " + describe(x) + " and weights of " + describe(weights))
        && require(node.type().scale() == x.scale() * weights.scale(),
            "gives " + describe(node.type()) + " (must have scale " + x.scale() * weights.scale() + ")");
  }

  private static boolean isWeights(Quantization quantization, ElementType element, int axis) {
    return quantization instanceof Quantization.PerTensor
        || quantization instanceof Quantization.PerAxis q && q.axis() == axis && element == ElementType.I8;
  }

  private boolean bias(int filters) {
    TensorType bias = node.operand(2).type();
    boolean sums64 = isWide(node.type()) && bias.element() == ElementType.I64;
    ElementType element = node.type().isFloat() ? ElementType.F32 : sums64 ? ElementType.I64 : ElementType.I32;
    boolean centred = !bias.isPerTensor() || bias.zeroPoint() == 0;
    return require(node.operand(2).isConstant(), "has a bias that is not constant")
        && require(bias.shape().dims().equals(List.of(filters)) && bias.element() == element && centred,
            "has a bias of " + describe(bias) + " (must be " + filters + " x " + element.text() + ")");
  }

  /** All operands but the first are f32 constants, one element a channel. */
  boolean channelConstants(int channels) {
    return node.operands().stream().skip(1).allMatch(o ->
        require(o.isConstant() && o.type().isFloat() && o.type().shape().dims().equals(List.of(channels))
                && o.constant().element() == ElementType.F32 && o.constant().elements() == channels,
            "has an operand of " + describe(o.type()) + " (must be a constant of " + channels + " x f32)"));
  }
}
