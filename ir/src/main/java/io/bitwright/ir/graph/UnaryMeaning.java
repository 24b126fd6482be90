package io.bitwright.ir.graph;

import io.bitwright.ir.op.Clamp;
import io.bitwright.ir.op.Op;
import io.bitwright.ir.op.Rounding;
import io.bitwright.ir.op.UnaryFunction;
import io.bitwright.ir.scalar.FixedPoint;
import io.bitwright.ir.scalar.Interval;
import io.bitwright.ir.scalar.LookupTable;
import io.bitwright.ir.scalar.Scalar;
import io.bitwright.ir.scalar.ScalarBuilder;
import io.bitwright.ir.scalar.ScalarEvaluator;
import io.bitwright.ir.scalar.Semantics;
import io.bitwright.ir.scalar.function.CodeFunctions;
import io.bitwright.ir.scalar.function.UnarySemantics;
import io.bitwright.ir.scalar.function.WideFunctions;
import io.bitwright.ir.type.ElementType;
import io.bitwright.ir.type.TensorData;
import io.bitwright.ir.type.TensorType;
import java.util.Optional;

/** The meaning of operators that map one code to another: input {@code x0} and result are stored codes. */
public final class UnaryMeaning {
  private UnaryMeaning() {}

  /**
   * The function of a unary operator from an 8-bit to an 8-bit tensor; inputs {@code x0} and {@code channel}.
   *
   * @return empty for every other node
   * @throws IllegalArgumentException if the scales are outside of what the operator can do
   */
  public static Optional<Scalar> of(Node node) {
    return isOfCodes(node) && node.operand(0).type().element().is8Bit() && node.type().element().is8Bit()
        ? ofCodes(node) : Optional.empty();
  }

  /** The function of a unary operator from one quantised tensor to another, of 16 bits too. */
  public static Optional<Scalar> ofCodes(Node node) {
    if (!isOfCodes(node)) {
      return Optional.empty();
    }
    TensorType in = node.operand(0).type();
    TensorType out = node.type();
    Optional<Scalar> scaled = scaled(node.op(), in, out);
    boolean eightBit = in.element().is8Bit() && out.element().is8Bit();
    return scaled.isPresent() || !eightBit ? scaled.or(() -> ofWideCodes(node.op(), in, out))
        : Optional.ofNullable(body(node, in, out));
  }

  private static boolean isOfCodes(Node node) {
    return !node.operands().isEmpty() && node.operand(0).type().isPerTensor() && node.type().isPerTensor();
  }

  /** Operators whose meaning is a change of scale, whatever the width of the codes. */
  private static Optional<Scalar> scaled(Op op, TensorType in, TensorType out) {
    if (op instanceof Op.Quantize quantize) {
      FixedPoint scale = FixedPoint.of((double) in.scale() / (double) out.scale());
      return Optional.of(Semantics.requantize(scale, in.stored().zeroPoint(), out.stored().zeroPoint(),
          Interval.codesOf(in), out.shape().toNhwc().dim(3), Interval.codesOf(out), quantize.rounding()));
    } else if (op instanceof Op.Relu relu) {
      return Optional.of(clip(in, out, relu.activation().clampFor(out), relu.rounding()));
    } else if (op instanceof Op.Clip clip) {
      return Optional.of(clip(in, out, clip.limits().inTermsOf(out), clip.rounding()));
    } else if (op instanceof Op.Unary unary && unary.function() == UnaryFunction.ABS) {
      return Optional.of(UnarySemantics.abs(in.stored(), out.stored(), Interval.codesOf(out),
          out.shape().toNhwc().dim(3), unary.rounding()));
    } else if (op instanceof Op.Unary unary && unary.function() == UnaryFunction.NEG) {
      return Optional.of(UnarySemantics.neg(Interval.codesOf(out), out.shape().toNhwc().dim(3)));
    }
    return Optional.empty();
  }

  /** Functions that TFLite has a 16-bit form of, from a table. */
  private static Optional<Scalar> ofWideCodes(Op op, TensorType in, TensorType out) {
    int channels = out.shape().toNhwc().dim(3);
    if (in.element() != ElementType.I16 || out.element() != ElementType.I16) {
      return Optional.empty();
    } else if (op instanceof Op.Logistic) {
      return Optional.of(WideFunctions.logistic(in.scale(), channels));
    } else if (op instanceof Op.Tanh) {
      return Optional.of(WideFunctions.tanh(in.scale(), channels));
    } else if (op instanceof Op.Unary unary && unary.function() == UnaryFunction.EXP) {
      return Optional.of(WideFunctions.exp(in.scale(), out.scale(), channels));
    } else if (op instanceof Op.Unary unary && unary.function() == UnaryFunction.RSQRT) {
      return Optional.of(WideFunctions.rsqrt(in.scale(), out.scale(), channels));
    }
    return Optional.empty();
  }

  private static Scalar body(Node node, TensorType in, TensorType out) {
    int channels = out.shape().toNhwc().dim(3);
    Op op = node.op();
    if (op instanceof Op.HardSwish) {
      return Semantics.hardSwish(in.stored(), out.stored(), channels);
    } else if (op instanceof Op.Logistic) {
      return Semantics.logistic(in.stored(), channels);
    } else if (op instanceof Op.Unary unary) {
      return ofTable(unary.function(), in, out, channels);
    } else if (op instanceof Op.HardSigmoid) {
      return CodeFunctions.hardSigmoid(in.stored(), out.stored(), channels);
    } else if (op instanceof Op.Swish) {
      return CodeFunctions.swish(in.stored(), out.stored(), channels);
    } else if (op instanceof Op.Tanh) {
      return CodeFunctions.tanh(in.stored(), out.stored(), channels);
    } else if (op instanceof Op.Table && node.operand(1).isConstant()) {
      return table(node.operand(1).constant(), out, channels);
    }
    return node.operands().size() == 2 && node.operand(1).isConstant() && out.shape().equals(in.shape())
        ? withConstant(node, channels) : null;
  }

  private static Scalar ofTable(UnaryFunction function, TensorType in, TensorType out, int channels) {
    return switch (function) {
      case RSQRT -> UnarySemantics.rsqrt(in.stored(), out.stored(), channels);
      case EXP -> CodeFunctions.exp(in.stored(), out.stored(), channels);
      case ABS, NEG, SQUARE, SQRT -> null;
    };
  }

  /** A function of two codes of which one is a constant whose elements are all equal. */
  private static Scalar withConstant(Node node, int channels) {
    Node constant = node.operand(1);
    Optional<Scalar> meaning = BinaryMeaning.of(node);
    TensorData data = constant.constant();
    for (int i = 1; meaning.isPresent() && i < data.elements(); i++) {
      if (data.code(i) != data.code(0)) {
        return null;
      }
    }
    if (meaning.isEmpty()) {
      return null;
    }
    long[] x0 = new long[256];
    long[] x1 = new long[256];
    for (int i = 0; i < 256; i++) {
      x0[i] = i - 128L;
      x1[i] = data.code(0) - constant.type().storedOffset();
    }
    return lookup(BinaryMeaning.evaluate(meaning.get(), x0, x1), channels);
  }

  private static Scalar clip(TensorType in, TensorType out, Clamp limits, Rounding rounding) {
    FixedPoint scale = FixedPoint.of(in.scale() / out.scale());
    return Semantics.requantize(scale, in.stored().zeroPoint(), out.stored().zeroPoint(), Interval.codesOf(in),
        out.shape().toNhwc().dim(3), storedLimits(limits, out), rounding);
  }

  private static Scalar table(TensorData data, TensorType out, int channels) {
    long[] stored = new long[data.elements()];
    for (int i = 0; i < stored.length; i++) {
      stored[i] = data.code(i) - out.storedOffset();
    }
    return lookup(stored, channels);
  }

  private static Scalar lookup(long[] stored, int channels) {
    ScalarBuilder b = new ScalarBuilder();
    Scalar.Value x = b.input("x0", Interval.INT8);
    b.input("channel", Interval.of(0, channels - 1L));
    return b.build(b.lookup(new LookupTable("table", stored), b.add(x, 128)));
  }

  /** A clamp of model codes as limits of stored codes. */
  public static Interval storedLimits(Clamp clamp, TensorType type) {
    long lo = (long) Math.max(clamp.lo(), type.element().min());
    long hi = (long) Math.min(clamp.hi(), type.element().max());
    return Interval.of(lo - type.storedOffset(), hi - type.storedOffset());
  }

  /** The results for the stored codes -128 to 127, in that order. */
  public static byte[] tabulate(Scalar function) {
    ScalarEvaluator evaluator = new ScalarEvaluator(function, 256);
    for (int i = 0; i < 256; i++) {
      evaluator.ints(0)[i] = i - 128L;
    }
    evaluator.run(256);
    byte[] results = new byte[256];
    for (int i = 0; i < 256; i++) {
      results[i] = (byte) evaluator.intResult(0)[i];
    }
    return results;
  }
}
