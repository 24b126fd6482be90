package io.bitwright.frontend.tflite;

import io.bitwright.ir.diag.DiagnosticException;
import io.bitwright.ir.graph.Node;

/** Translates one kind of operator. */
@FunctionalInterface
interface OperatorImport {
  /**
   * The node that computes the operator's only result.
   *
   * @throws DiagnosticException if this use of the operator is not supported
   */
  Node build(OperatorSite site);
}
