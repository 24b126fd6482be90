/**
 * Computes at import what depends on constants and shapes only: exporters write the arithmetic of shapes as operators.
 * A fault of the network is an {@link java.lang.IllegalArgumentException} with words for its user.
 */
package io.bitwright.frontend.onnx.fold;
