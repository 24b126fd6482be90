package io.bitwright.frontend.onnx.proto;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * NodeProto: an operator.
 *
 * @param inputs  names of tensors, empty for an operand left out
 * @param attributes  by name
 */
public record NodeMessage(String name, String type, String domain, List<String> inputs, List<String> outputs,
    Map<String, AttributeMessage> attributes) {
  static NodeMessage read(Bytes bytes) {
    String name = "";
    String type = "";
    String domain = "";
    List<String> inputs = new ArrayList<>();
    List<String> outputs = new ArrayList<>();
    Map<String, AttributeMessage> attributes = new LinkedHashMap<>();
    MessageReader in = new MessageReader(bytes);
    for (int field = in.next(); field != 0; field = in.next()) {
      switch (field) {
        case 1 -> MessageReader.add(inputs, in.text(), "operands of an operator", Limits.PER_NODE);
        case 2 -> MessageReader.add(outputs, in.text(), "results of an operator", Limits.PER_NODE);
        case 3 -> name = in.text();
        case 4 -> type = in.text();
        case 5 -> attribute(AttributeMessage.read(in.bytes()), attributes);
        case 7 -> domain = in.text();
        default -> in.skip();
      }
    }
    return new NodeMessage(name, type, domain, List.copyOf(inputs), List.copyOf(outputs), attributes);
  }

  private static void attribute(AttributeMessage attribute, Map<String, AttributeMessage> attributes) {
    if (attributes.size() >= Limits.PER_NODE) {
      throw new TooLargeException("the number of attributes of an operator", attributes.size() + 1L, Limits.PER_NODE);
    }
    if (attributes.put(attribute.name(), attribute) != null) {
      throw new MalformedMessageException("an operator has attribute '" + attribute.name() + "' twice");
    }
  }

  /** What to call it in messages: its name, or that of its first result. */
  public String label() {
    return !name.isEmpty() ? name : outputs.isEmpty() ? "" : outputs.get(0);
  }
}
