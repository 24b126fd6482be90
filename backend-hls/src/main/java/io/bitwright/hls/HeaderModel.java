package io.bitwright.hls;

/** The top function's declaration. Template {@code HeaderModel.ftl}. */
public record HeaderModel(NetworkModel network) {}
