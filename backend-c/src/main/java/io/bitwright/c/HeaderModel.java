package io.bitwright.c;

/** The public header. Template {@code HeaderModel.ftl}. */
public record HeaderModel(Network network) {}
