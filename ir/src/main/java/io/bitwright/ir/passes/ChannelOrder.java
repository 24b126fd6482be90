package io.bitwright.ir.passes;

import io.bitwright.ir.graph.Node;
import io.bitwright.ir.op.Op;
import io.bitwright.ir.type.Quantization;
import io.bitwright.ir.type.TensorData;
import io.bitwright.ir.type.TensorType;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * An order of channels.
 *
 * @param from  which channel comes first, second and so on
 */
record ChannelOrder(int[] from) {
  /** The order of what a channel shuffle gives, in terms of its operand's channels. */
  static ChannelOrder of(Op.ChannelShuffle shuffle, int channels) {
    int run = channels / shuffle.groups();
    return new ChannelOrder(
        IntStream.range(0, channels).map(c -> c % shuffle.groups() * run + c / shuffle.groups()).toArray());
  }

  /** The order that undoes this one. */
  ChannelOrder inverse() {
    int[] back = new int[from.length];
    for (int i = 0; i < back.length; i++) {
      back[from[i]] = i;
    }
    return new ChannelOrder(back);
  }

  /** A constant with its indices along an axis, and the scales along it, in this order. */
  Node along(int axis, Node constant) {
    TensorType type = constant.type();
    int inner = type.element().sizeBytes();
    for (int dim : type.shape().dims().subList(axis + 1, type.shape().rank())) {
      inner *= dim;
    }
    byte[] old = constant.constant().toRaw();
    byte[] raw = new byte[old.length];
    for (int base = 0; base < raw.length; base += from.length * inner) {
      for (int i = 0; i < from.length; i++) {
        System.arraycopy(old, base + from[i] * inner, raw, base + i * inner, inner);
      }
    }
    Op contents = new Op.Constant(constant.name(), TensorData.ofRaw(type.element(), raw));
    TensorType ordered = new TensorType(type.shape(), type.element(), scales(type.quantization(), axis));
    return constant.replacedBy(contents, List.of(), ordered);
  }

  private Quantization scales(Quantization quantization, int axis) {
    return quantization instanceof Quantization.PerAxis q && q.axis() == axis
        ? new Quantization.PerAxis(axis, Arrays.stream(from).mapToObj(q.scales()::get).toList()) : quantization;
  }
}
