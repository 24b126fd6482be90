/**
 * The messages of an ONNX file that the importer needs, read with bounded memory from untrusted bytes; contents of
 * tensors stay in the file until they are asked for.
 *
 * <p>Source of all field numbers: onnx/onnx.proto of the ONNX project, IR version 10.
 */
package io.bitwright.frontend.onnx.proto;
