package io.bitwright.frontend.onnx.operator;

/**
 * A row of the table of operators that can be imported.
 *
 * @param since  oldest operator set whose meaning is taken
 * @param restrictions  what is taken of it; a sentence or nothing
 */
public record SupportedOperator(String name, int since, String restrictions) {}
