package io.bitwright.rtl;

/** README.md of the generated folder. Template {@code ReadmeModel.ftl}. */
public record ReadmeModel(Core core) {}
