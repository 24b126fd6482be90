package io.bitwright.cli.picture;

import io.bitwright.ir.graph.Node;
import io.bitwright.ir.op.Op;
import io.bitwright.ir.op.OpKind;
import io.bitwright.ir.op.Window;
import java.util.Locale;

/** An operator in a few words: what it is and how its window slides. */
final class OperatorText {
  private OperatorText() {}

  static String of(Node node) {
    Op op = node.op();
    String mnemonic = OpKind.of(op).mnemonic();
    if (op instanceof Op.Conv2d conv) {
      return mnemonic + window(conv.window()) + (conv.groups() > 1 ? ", groups " + conv.groups() : "");
    }
    if (op instanceof Op.DepthwiseConv2d conv) {
      return mnemonic + window(conv.window());
    }
    if (op instanceof Op.AveragePool2d pool) {
      return mnemonic + window(pool.window());
    }
    if (op instanceof Op.MaxPool2d pool) {
      return mnemonic + window(pool.window());
    }
    if (op instanceof Op.ChannelShuffle shuffle) {
      return mnemonic + ", groups " + shuffle.groups();
    }
    return op instanceof Op.Relu relu ? relu.activation().name().toLowerCase(Locale.ROOT) : mnemonic;
  }

  private static String window(Window w) {
    String stride = pair(w.strideH(), w.strideW());
    String dilation = pair(w.dilationH(), w.dilationW());
    return " " + w.kernelH() + "x" + w.kernelW() + (stride.equals("1") ? "" : ", stride " + stride)
        + (dilation.equals("1") ? "" : ", dilation " + dilation);
  }

  private static String pair(int rows, int columns) {
    return rows == columns ? String.valueOf(rows) : rows + "x" + columns;
  }
}
