package io.bitwright.c.scalar;

import java.util.function.UnaryOperator;

/**
 * The names that a rendered scalar program takes.
 *
 * @param function  its C function
 * @param tables  gives the C name for a table's own name, never the same twice
 */
public record FunctionNames(String function, UnaryOperator<String> tables) {}
