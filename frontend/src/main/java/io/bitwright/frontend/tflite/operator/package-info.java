/** Translates operators, one class for each family, which {@code OperatorTable} finds by name. */
package io.bitwright.frontend.tflite.operator;
