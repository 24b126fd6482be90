package io.bitwright.hls;

/** The test bench. Template {@code BenchModel.ftl}. */
public record BenchModel(NetworkModel network) {}
