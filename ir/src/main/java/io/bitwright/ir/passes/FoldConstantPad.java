package io.bitwright.ir.passes;


import io.bitwright.ir.graph.Node;
import io.bitwright.ir.op.Op;
import io.bitwright.ir.rewrite.Match;
import io.bitwright.ir.rewrite.Rule;
import io.bitwright.ir.type.Shape;
import io.bitwright.ir.type.TensorData;
import io.bitwright.ir.type.TensorType;
import java.util.List;
import java.util.Optional;

/** {@code pad(constant)} is a constant, unless that is large. */
final class FoldConstantPad implements Rule {
  private static final int MOST_BYTES = 1 << 16;

  @Override
  public Optional<Node> apply(Node node, Match match) {
    boolean matches = node.op() instanceof Op.Pad && node.operand(0).isConstant()
        && (long) node.type().shape().elements() * node.type().element().sizeBytes() <= MOST_BYTES;
    if (!matches) {
      return Optional.empty();
    }
    Op.Pad pad = (Op.Pad) node.op();
    byte[] raw = pad(node.operand(0).constant().toRaw(), node.operand(0).type(), node.type(), pad);
    Op.Constant folded = new Op.Constant(node.name(), TensorData.ofRaw(node.type().element(), raw));
    return Optional.of(node.replacedBy(folded, List.of(), node.type()));
  }

  private static byte[] pad(byte[] in, TensorType inType, TensorType outType, Op.Pad pad) {
    int size = outType.element().sizeBytes();
    byte[] out = new byte[outType.sizeBytes()];
    int bits = outType.isFloat() ? Float.floatToRawIntBits((float) pad.value().orElse(0))
        : (int) pad.value().orElse(outType.zeroPoint());
    for (int i = 0; i < out.length; i++) {
      out[i] = (byte) (bits >> 8 * (i % size));
    }
    Shape inShape = inType.shape();
    for (int i = 0; i < inShape.elements(); i++) {
      System.arraycopy(in, i * size, out, moved(i, inShape, outType.shape(), pad.before()) * size, size);
    }
    return out;
  }

  private static int moved(int index, Shape from, Shape to, List<Integer> before) {
    int rest = index;
    int result = 0;
    int stride = 1;
    for (int d = from.rank() - 1; d >= 0; d--) {
      result += (rest % from.dim(d) + before.get(d)) * stride;
      rest /= from.dim(d);
      stride *= to.dim(d);
    }
    return result;
  }
}
