package io.bitwright.ir.cost;

import io.bitwright.ir.type.Shape;
import java.util.List;

/**
 * What one operator of a network costs.
 *
 * @param name  its output tensor's name, untrusted text
 * @param op  mnemonic
 * @param inputs  shapes of the operands that are no constants
 * @param output  shape of the result
 * @param parameters  elements of the constants that it is the first to use
 * @param macs  multiply-accumulates of a convolution or fully connected layer, 0 for others
 * @param weightBytes  size of those constants
 * @param trafficBytes  activations read and written when the operator runs on its own
 * @param receptiveField  part of the network's input that an element of the result depends on
 */
public record LayerCost(String name, String op, List<Shape> inputs, Shape output, long parameters, long macs,
    long weightBytes, long trafficBytes, ReceptiveField receptiveField) {
  public LayerCost {
    inputs = List.copyOf(inputs);
  }
}
