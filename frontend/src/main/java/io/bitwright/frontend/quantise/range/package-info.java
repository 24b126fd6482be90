/** What tensors hold during calibration, and which reals their codes are to reach. */
package io.bitwright.frontend.quantise.range;
