package io.bitwright.ir.kernel;

import java.util.List;

/**
 * A lowered network: kernels in an order in which each value is written before it is read. Immutable.
 *
 * <p>An input or output of the model's own 8-bit unsigned type is an ordinary re-centred value; who feeds or reads it
 * converts ({@link Value#recentred()}).
 *
 * @param name  the network's name, untrusted text
 * @param values  all values, aliases included; {@code values.get(i).id() == i}
 */
public record Program(
    String name, List<Value> values, List<Kernel> kernels, List<Value> inputs, List<Value> outputs) {
  public Program {
    values = List.copyOf(values);
    kernels = List.copyOf(kernels);
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
  }
}
