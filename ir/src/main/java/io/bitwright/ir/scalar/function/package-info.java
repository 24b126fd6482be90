/** The meaning of element-wise operators and of those that TFLite defines for 16-bit codes by tables. */
package io.bitwright.ir.scalar.function;
