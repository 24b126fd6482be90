package io.bitwright.c;

/** The program that runs inferences over files. Template {@code MainModel.ftl}. */
public record MainModel(Network network) {}
