/** What all operators' importers share: an operator's operands and attributes, and the order of elements in memory. */
package io.bitwright.frontend.onnx.site;
