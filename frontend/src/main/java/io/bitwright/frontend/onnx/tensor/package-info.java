/** Tensors as the importer of ONNX files knows them: contents that are known at import, and results of nodes. */
package io.bitwright.frontend.onnx.tensor;
