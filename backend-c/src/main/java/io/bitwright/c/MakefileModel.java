package io.bitwright.c;

/** The Makefile. Template {@code MakefileModel.ftl}. */
public record MakefileModel(Network network, String compiler, String flags, boolean selfTest) {}
