package io.bitwright.ir.memory;

/**
 * Where the rows of a value lie that never exists as a whole: row y is the {@code y % rows}-th of so many rows without
 * gaps, whatever the image.
 *
 * @param offset  byte offset of the first, a multiple of the element size
 */
public record Ring(int offset, int rows) {}
