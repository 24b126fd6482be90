package io.bitwright.ir.kernel;

import io.bitwright.ir.graph.BinaryMeaning;
import io.bitwright.ir.graph.Node;
import io.bitwright.ir.graph.UnaryMeaning;
import io.bitwright.ir.kernel.Kernel.Operand;
import io.bitwright.ir.op.Clamp;
import io.bitwright.ir.op.Op;
import io.bitwright.ir.scalar.Interval;
import io.bitwright.ir.scalar.RealSemantics;
import io.bitwright.ir.scalar.Scalar;
import io.bitwright.ir.scalar.Semantics;
import io.bitwright.ir.type.ElementType;
import io.bitwright.ir.type.TensorType;
import java.util.ArrayList;
import java.util.List;

/** Lowers element-wise operators to {@link Kernel.Map} and softmax to {@link Kernel.RowSoftmax}. */
final class MapLowering {
  private final Lowering lowering;
  private final Node node;
  private final TensorType type;
  private final int channels;

  MapLowering(Lowering lowering) {
    this.lowering = lowering;
    this.node = lowering.node();
    this.type = node.type();
    this.channels = type.shape().toNhwc().dim(3);
  }

  Value add(Op.Add op) {
    Clamp clamp = op.clamp();
    return map(type.isFloat() ? RealSemantics.add(channels, clamp.lo(), clamp.hi()) : ofCodes());
  }

  Value mul(Op.Mul op) {
    Clamp clamp = op.clamp();
    return map(type.isFloat() ? RealSemantics.mul(channels, clamp.lo(), clamp.hi()) : ofCodes());
  }

  Value elementwise(Op.Elementwise op) {
    if (!type.isFloat()) {
      throw new NotLoweredException("no kernel for " + type.element().text());
    }
    return map(RealSemantics.binary(op.function(), channels));
  }

  private Scalar ofCodes() {
    return BinaryMeaning.of(node).orElseThrow(() -> new NotLoweredException("no kernel for these types"));
  }

  /** An operator of one operand; its meaning depends on both types. */
  Value unary() {
    return map(UnaryMeaning.of(node).orElseGet(this::realUnary));
  }

  private Scalar realUnary() {
    Op op = node.op();
    if (op instanceof Op.Quantize quantize && in(0).isFloat()) {
      return RealSemantics.quantize(type.stored(), channels, quantize.rounding());
    } else if (op instanceof Op.Dequantize && type.isFloat()) {
      Interval codes = in(0).element() == ElementType.I32 ? Interval.INT32 : Interval.INT8;
      return RealSemantics.dequantize(in(0).stored(), codes, channels);
    } else if (type.isFloat() && in(0).isFloat()) {
      return realToReal(op);
    }
    throw new NotLoweredException("no kernel from " + in(0).element().text() + " to " + type.element().text());
  }

  private Scalar realToReal(Op op) {
    if (op instanceof Op.Logistic) {
      return RealSemantics.logistic(channels);
    } else if (op instanceof Op.HardSwish) {
      return RealSemantics.hardSwish(channels);
    } else if (op instanceof Op.HardSigmoid) {
      return RealSemantics.hardSigmoid(channels);
    } else if (op instanceof Op.Swish) {
      return RealSemantics.swish(channels);
    } else if (op instanceof Op.Tanh) {
      return RealSemantics.tanh(channels);
    } else if (op instanceof Op.Relu relu) {
      Clamp clamp = relu.activation().clampFor(type);
      return RealSemantics.clamp(channels, clamp.lo(), clamp.hi());
    } else if (op instanceof Op.Clip clip) {
      return RealSemantics.clamp(channels, clip.limits().lo(), clip.limits().hi());
    }
    throw new NotLoweredException("no kernel for f32");
  }

  Value softmax(Op.Softmax op) {
    Value input = lowering.valueOf(0);
    return rows(type.isFloat()
        ? RealSemantics.softmax(op.beta())
        : Semantics.softmax(in(0).scale(), op.beta(), input.c()));
  }

  Value logSoftmax() {
    return rows(RealSemantics.logSoftmax());
  }

  private Value rows(Semantics.Softmax parts) {
    Value input = lowering.valueOf(0);
    return lowering.emit(new Kernel.RowSoftmax(lowering.header(List.of(input), lowering.result()),
        parts.exponential(), parts.term(), parts.reciprocal(), parts.scale()));
  }

  private TensorType in(int operand) {
    return node.operand(operand).type();
  }

  private Value map(Scalar body) {
    List<Operand> operands = new ArrayList<>();
    List<Value> inputs = new ArrayList<>();
    int used = Math.min(node.operands().size(), body.inputs().size() - 1);
    for (int i = 0; i < used; i++) {
      Node operand = node.operand(i);
      if (operand.isConstant()) {
        operands.add(Operand.of(operand.constant().stored(), operand.type().shape()));
      } else {
        operands.add(Operand.of(lowering.valueOf(i)));
        inputs.add(lowering.valueOf(i));
      }
    }
    if (inputs.isEmpty()) {
      throw new NotLoweredException("all operands are constants");
    }
    return lowering.emit(new Kernel.Map(lowering.header(inputs, lowering.result()), operands, body));
  }
}
