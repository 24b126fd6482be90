package io.bitwright.c.scalar;

import java.util.HashSet;
import java.util.Set;

/**
 * The names of a scalar function and its tables; all tables of a kernel have different names.
 *
 * @param prefix  the network's name and the kernel's number
 * @param suffix  what the function is
 * @param taken  table names of the kernel's functions so far; grows
 */
public record FunctionNames(String prefix, String suffix, Set<String> taken) {
  /** Names of a function whose kernel has no other. */
  public static FunctionNames of(String prefix, String suffix) {
    return new FunctionNames(prefix, suffix, new HashSet<>());
  }

  String function() {
    return prefix + "_" + suffix;
  }

  String table(String name) {
    String plain = prefix + "_" + name;
    String own = taken.contains(plain) ? function() + "_" + name : plain;
    String unique = own;
    for (int i = 2; !taken.add(unique); i++) {
      unique = own + i;
    }
    return unique;
  }
}
