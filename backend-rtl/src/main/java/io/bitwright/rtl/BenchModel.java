package io.bitwright.rtl;

/** The test bench for Verilator. Template {@code BenchModel.ftl}. */
public record BenchModel(Core core) {}
