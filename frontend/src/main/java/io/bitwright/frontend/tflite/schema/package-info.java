/**
 * What a TensorFlow Lite file holds, as far as the importer needs it: the schema's tables and enumerations, and the
 * limits put on them.
 *
 * <p>Source of all field and enumeration numbers: tensorflow/lite/schema/schema.fbs, version 3.
 */
package io.bitwright.frontend.tflite.schema;
