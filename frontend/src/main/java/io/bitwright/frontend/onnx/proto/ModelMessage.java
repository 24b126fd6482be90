package io.bitwright.frontend.onnx.proto;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * ModelProto: the whole file.
 *
 * @param opsets  version of the operators by domain; the standard domain's name is empty
 */
public record ModelMessage(long irVersion, Map<String, Long> opsets, Optional<GraphMessage> graph) {
  /** The standard domain's other name. */
  private static final String STANDARD = "ai.onnx";

  /**
   * Reads a file's contents.
   *
   * @param file  kept: contents of tensors are decoded from it later
   * @throws MalformedMessageException if the bytes are no model
   * @throws TooLargeException if it exceeds the limits
   */
  public static ModelMessage read(byte[] file) {
    long irVersion = 0;
    Map<String, Long> opsets = new TreeMap<>();
    Optional<GraphMessage> graph = Optional.empty();
    MessageReader in = new MessageReader(Bytes.of(file));
    for (int field = in.next(); field != 0; field = in.next()) {
      switch (field) {
        case 1 -> irVersion = in.integer();
        case 7 -> graph = Optional.of(GraphMessage.read(in.bytes()));
        case 8 -> opset(in.bytes(), opsets);
        default -> in.skip();
      }
    }
    return new ModelMessage(irVersion, opsets, graph);
  }

  private static void opset(Bytes bytes, Map<String, Long> opsets) {
    String domain = "";
    long version = 0;
    MessageReader in = new MessageReader(bytes);
    for (int field = in.next(); field != 0; field = in.next()) {
      switch (field) {
        case 1 -> domain = in.text();
        case 2 -> version = in.integer();
        default -> in.skip();
      }
    }
    if (opsets.size() >= Limits.PER_NODE) {
      throw new TooLargeException("the number of operator sets", opsets.size() + 1L, Limits.PER_NODE);
    }
    opsets.put(standard(domain), version);
  }

  /** A domain's name; the standard one's is empty. */
  public static String standard(String domain) {
    return domain.equals(STANDARD) ? "" : domain;
  }
}
