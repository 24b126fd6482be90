/** The operators of ONNX files: a table, and what each is translated by. */
package io.bitwright.frontend.onnx.operator;
