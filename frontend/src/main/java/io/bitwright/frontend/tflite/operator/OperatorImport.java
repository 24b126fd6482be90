package io.bitwright.frontend.tflite.operator;

import io.bitwright.frontend.tflite.site.OperatorSite;
import io.bitwright.ir.diag.DiagnosticException;
import io.bitwright.ir.graph.Node;
import java.util.List;

/** Translates one kind of operator. */
@FunctionalInterface
public interface OperatorImport {
  /**
   * The nodes that compute the operator's results, one for each that the file has.
   *
   * @throws DiagnosticException if this use of the operator is not supported
   */
  List<Node> build(OperatorSite site);

  /** Translates an operator with one result. */
  @FunctionalInterface
  interface Single {
    Node build(OperatorSite site);
  }

  /** Refuses any number of results but one. */
  static OperatorImport of(Single single) {
    return site -> {
      site.requireResults(1, 1);
      return List.of(single.build(site));
    };
  }
}
