package io.bitwright.c.kernel;

import java.util.HashSet;
import java.util.Set;

/** The C names of one kernel: each begins with the network's name and the kernel's number, none is given twice. */
final class KernelNames {
  private final String prefix;
  private final Set<String> taken = new HashSet<>();

  KernelNames(String network, int index) {
    this.prefix = network + "_k" + index + "_";
  }

  /** {@code vww_k3_weights}; with a number behind it where that is taken. */
  String unique(String suffix) {
    String name = prefix + suffix;
    for (int i = 2; !taken.add(name); i++) {
      name = prefix + suffix + "_" + i;
    }
    return name;
  }
}
