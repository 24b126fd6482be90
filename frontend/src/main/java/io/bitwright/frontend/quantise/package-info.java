/** Turns f32 networks into int8 ones; {@link io.bitwright.frontend.quantise.Quantizer} is the entry. */
package io.bitwright.frontend.quantise;
