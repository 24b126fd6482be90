/** Predicts a plan's cycles by running its stages' counters, without data. */
package io.bitwright.dataflow.timing;
