package io.bitwright.rtl;

/** The AXI4-Stream wrapper. Template {@code AxisModel.ftl}. */
public record AxisModel(Core core) {}
