/** Predicts what a plan needs of a device: look-up tables, multiplier blocks, memory blocks. docs/dataflow.md has the figures. */
package io.bitwright.dataflow.cost;
