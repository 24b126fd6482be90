/** Operators that move, choose or repeat elements, and the weighted sums of a resize. */
package io.bitwright.frontend.onnx.movement;
