package io.bitwright.rtl;

/** The test bench in plain Verilog. Template {@code VerilogBenchModel.ftl}. */
public record VerilogBenchModel(Core core) {}
