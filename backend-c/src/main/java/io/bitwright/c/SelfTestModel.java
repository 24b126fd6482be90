package io.bitwright.c;

import java.util.List;

/** The program that checks a recorded inference. Template {@code SelfTestModel.ftl}. */
public record SelfTestModel(Network network, List<Recorded> inputs, List<Recorded> outputs) {
  /** A recorded tensor: bytes as the model types them. */
  public record Recorded(Port port, String name, List<String> rows) {}
}
