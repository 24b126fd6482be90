package io.bitwright.frontend.language.build;

import io.bitwright.ir.diag.SourceLocation;
import io.bitwright.ir.type.Shape;
import io.bitwright.ir.type.TensorData;

/** Where the constants of layers come from. */
public interface Weights {
  /** What a constant is to its layer. */
  enum Role {
    WEIGHTS, BIAS, MEAN, VARIANCE, BETA, GAMMA;

    /** As in the names of constants. */
    public String text() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /**
   * The f32 contents of a constant.
   *
   * @param layer  the layer's name
   * @param fanIn  how many products each element of the layer's result sums up; 1 where it does not
   * @param at  where the layer is described
   * @throws io.bitwright.ir.diag.DiagnosticException if there is none of this shape
   */
  TensorData get(String layer, Role role, Shape shape, int fanIn, SourceLocation at);
}
