package io.bitwright.frontend.language.eval;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** All functions that the language has, by name. */
final class BuiltIns {
  private static final Map<String, BuiltIn> ALL = collect();

  private BuiltIns() {}

  private static Map<String, BuiltIn> collect() {
    Map<String, BuiltIn> all = new LinkedHashMap<>();
    Stream.of(LayerFunctions.all(), MapFunctions.all(), ShapeFunctions.all(), MathFunctions.all())
        .flatMap(java.util.List::stream).forEach(f -> all.put(f.signature().name(), f));
    return java.util.Collections.unmodifiableMap(all);
  }

  static Optional<BuiltIn> find(String name) {
    return Optional.ofNullable(ALL.get(name));
  }

  static Collection<BuiltIn> all() {
    return ALL.values();
  }
}
