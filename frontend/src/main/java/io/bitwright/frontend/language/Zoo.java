package io.bitwright.frontend.language;

import java.util.List;

/** The networks that come with this tool, by the names after {@code zoo:}. */
public final class Zoo {
  private static final List<String> NAMES = List.of("mobilenet_v1", "mobilenet_v2", "mobilenet_v3_large",
      "mobilenet_v3_small", "googlenet", "inception_v2", "inception_v3", "squeezenet1_0", "squeezenet1_1",
      "shufflenet_v1", "shufflenet_v2", "efficientnet_b0", "efficientnet_lite0", "mnasnet_a1", "mnasnet_b1",
      "mnasnet_small", "nasnet_a_mobile", "densenet121");

  private Zoo() {}

  public static List<String> names() {
    return NAMES;
  }
}
