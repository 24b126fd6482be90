package io.bitwright.c;

/** CMakeLists.txt. Template {@code CMakeModel.ftl}. */
public record CMakeModel(Network network, boolean selfTest) {}
