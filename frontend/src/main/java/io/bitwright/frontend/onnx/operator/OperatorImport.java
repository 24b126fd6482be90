package io.bitwright.frontend.onnx.operator;

import io.bitwright.frontend.onnx.site.OperatorSite;
import io.bitwright.frontend.onnx.tensor.Tensor;
import java.util.List;

/** Translates one kind of operator. */
@FunctionalInterface
public interface OperatorImport {
  /**
   * The operator's results, as many as it gives here.
   *
   * @throws io.bitwright.ir.diag.DiagnosticException if this use of the operator is not supported
   * @throws IllegalArgumentException likewise, with words for the network's user
   */
  List<Tensor> build(OperatorSite site);

  /** Translates an operator with one result. */
  @FunctionalInterface
  interface Single {
    Tensor build(OperatorSite site);
  }

  static OperatorImport of(Single single) {
    return site -> List.of(single.build(site));
  }
}
