/** Makes an integer network of a float one in which quantisations and dequantisations stand between operators. */
package io.bitwright.frontend.onnx.qdq;
