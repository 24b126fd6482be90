/**
 * The writer of TensorFlow Lite files.
 *
 * <p>{@link io.bitwright.frontend.tflite.export.TfliteWriter} is the entry. {@code GraphExport} walks the nodes and
 * hands each to the class of its family, which writes operators into {@code FileContents} or refuses the node;
 * {@code FileBytes} lays the contents out. docs/tflite-export.md says what is written how.
 */
package io.bitwright.frontend.tflite.export;
