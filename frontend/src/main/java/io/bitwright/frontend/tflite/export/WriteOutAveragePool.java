package io.bitwright.frontend.tflite.export;

import io.bitwright.frontend.writeout.RealConstant;
import io.bitwright.ir.graph.Node;
import io.bitwright.ir.op.Clamp;
import io.bitwright.ir.op.Op;
import io.bitwright.ir.op.Padding;
import io.bitwright.ir.op.Rounding;
import io.bitwright.ir.op.Window;
import io.bitwright.ir.rewrite.Match;
import io.bitwright.ir.rewrite.Rule;
import io.bitwright.ir.type.Shape;
import java.util.List;
import java.util.Optional;

/**
 * An average that leaves out a padding other than SAME and VALID is one over padded zeros, times the taps of the window
 * over those inside the image.
 */
final class WriteOutAveragePool implements Rule {
  @Override
  public Optional<Node> apply(Node node, Match match) {
    if (!(node.op() instanceof Op.AveragePool2d pool) || pool.divisor() != Op.Divisor.INSIDE
        || !node.type().isFloat()) {
      return Optional.empty();
    }
    Node x = node.operand(0);
    Shape in = x.type().shape();
    WindowForm form = WindowForm.of(pool.window(), in, node.type().shape());
    if (!form.padsFirst()) {
      return Optional.empty();
    }
    Node padded = new Node(new Op.Pad(form.before(), form.after()), List.of(x), x.type().withShape(form.around(in)),
        node.name() + "/padded", node.location(), List.of());
    Op average = new Op.AveragePool2d(pool.window().withPadding(Padding.NONE), Op.Divisor.INSIDE, Clamp.NONE);
    Node averaged = new Node(
        average, List.of(padded), node.type(), node.name() + "/averaged", node.location(), List.of());
    Node factors = factors(node, pool.window(), in);
    return Optional.of(
        node.replacedBy(new Op.Mul(pool.clamp(), Rounding.TFLITE), List.of(averaged, factors), node.type()));
  }

  private static Node factors(Node node, Window window, Shape in) {
    Shape out = node.type().shape();
    float[] factors = new float[out.dim(1) * out.dim(2)];
    for (int i = 0; i < factors.length; i++) {
      int top = i / out.dim(2) * window.strideH() - window.padding().top();
      int left = i % out.dim(2) * window.strideW() - window.padding().left();
      int rows = inside(top, window.kernelH(), window.dilationH(), in.dim(1));
      int columns = inside(left, window.kernelW(), window.dilationW(), in.dim(2));
      factors[i] = (float) window.taps() / (rows * columns);
    }
    return RealConstant.of(node, "factors", Shape.of(1, out.dim(1), out.dim(2), 1), factors);
  }

  private static int inside(int first, int taps, int dilation, int size) {
    int count = 0;
    for (int i = 0; i < taps; i++) {
      int at = first + i * dilation;
      count += at >= 0 && at < size ? 1 : 0;
    }
    return count;
  }
}
