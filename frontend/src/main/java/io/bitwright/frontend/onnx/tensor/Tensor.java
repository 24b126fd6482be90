package io.bitwright.frontend.onnx.tensor;

import io.bitwright.frontend.onnx.proto.DataType;
import java.util.List;

/** A tensor of the file: an {@link Array} or a {@link Feature}. */
public interface Tensor {
  /** Sizes as the file means them. */
  List<Integer> dims();

  DataType type();

  default int rank() {
    return dims().size();
  }

  default int elements() {
    return dims().stream().reduce(1, Math::multiplyExact);
  }
}
