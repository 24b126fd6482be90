/** The f32 meaning of the operators of networks that are not quantised. */
package io.bitwright.ir.scalar.real;
