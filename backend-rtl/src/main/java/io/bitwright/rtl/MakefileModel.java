package io.bitwright.rtl;

/** Makefile of the generated folder. Template {@code MakefileModel.ftl}. */
public record MakefileModel(Core core) {}
