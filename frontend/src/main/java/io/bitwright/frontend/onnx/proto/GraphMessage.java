package io.bitwright.frontend.onnx.proto;

import java.util.ArrayList;
import java.util.List;

/** GraphProto: operators in an order in which each is computed after its operands, constants, inputs and outputs. */
public record GraphMessage(List<NodeMessage> nodes, List<TensorMessage> initializers, List<ValueMessage> inputs,
    List<ValueMessage> outputs) {
  static GraphMessage read(Bytes bytes) {
    List<NodeMessage> nodes = new ArrayList<>();
    List<TensorMessage> initializers = new ArrayList<>();
    List<ValueMessage> inputs = new ArrayList<>();
    List<ValueMessage> outputs = new ArrayList<>();
    MessageReader in = new MessageReader(bytes);
    for (int field = in.next(); field != 0; field = in.next()) {
      switch (field) {
        case 1 -> MessageReader.add(nodes, NodeMessage.read(in.bytes()), "operators", Limits.NODES);
        case 5 -> MessageReader.add(initializers, TensorMessage.read(in.bytes()), "initializers", Limits.TENSORS);
        case 11 -> MessageReader.add(inputs, ValueMessage.read(in.bytes()), "inputs", Limits.TENSORS);
        case 12 -> MessageReader.add(outputs, ValueMessage.read(in.bytes()), "outputs", Limits.TENSORS);
        case 15 -> throw new MalformedMessageException("sparse initializers are not supported (must be dense)");
        default -> in.skip();
      }
    }
    return new GraphMessage(nodes, initializers, inputs, outputs);
  }
}
