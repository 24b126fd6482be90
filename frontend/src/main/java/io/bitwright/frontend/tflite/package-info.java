/**
 * The importer of TensorFlow Lite files.
 *
 * <p>{@link TfliteImporter} reads a file into a graph. {@code site.TensorTable} gives its tensors types, {@code
 * SubgraphImport} walks the operators in execution order and hands each to the {@code operator.OperatorImport} that
 * {@code operator.OperatorTable} names. An operator is checked against the types and shapes that the file declares, so
 * one that fails does not hide what is wrong with the rest.
 *
 * <p>Source of all field and enumeration numbers: tensorflow/lite/schema/schema.fbs, version 3.
 */
package io.bitwright.frontend.tflite;
