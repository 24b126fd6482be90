/**
 * The importer of ONNX files.
 *
 * <p>{@link io.bitwright.frontend.onnx.OnnxImporter} reads a file into a graph of channels-last feature maps.
 * {@code GraphImport} walks the operators; what depends on constants and shapes only is computed by the package
 * {@code fold}, the rest is handed to the importer that the table of package {@code operator} names. Transpositions and
 * reshapes cost nothing: they change a tensor's {@link io.bitwright.ir.type.View}, and only an operator that needs the
 * elements in another order moves them (package {@code site}). Package {@code qdq} makes integer networks of quantised
 * ones.
 */
package io.bitwright.frontend.onnx;
