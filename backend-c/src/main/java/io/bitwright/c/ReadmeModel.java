package io.bitwright.c;

/** README.md of the generated folder. Template {@code ReadmeModel.ftl}. */
public record ReadmeModel(Network network, String flashing, boolean selfTest) {}
