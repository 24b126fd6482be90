package io.bitwright.frontend.onnx.tensor;

import io.bitwright.frontend.onnx.proto.DataType;
import io.bitwright.ir.graph.Node;
import io.bitwright.ir.type.View;
import java.util.List;

/**
 * A tensor that a node computes.
 *
 * @param view  where the file's tensor lies in the node's memory
 */
public record Feature(Node node, View view) implements Tensor {
  @Override
  public List<Integer> dims() {
    return view.shape();
  }

  @Override
  public DataType type() {
    return switch (node.type().element()) {
      case F32 -> DataType.FLOAT;
      case I8 -> DataType.INT8;
      case U8 -> DataType.UINT8;
      case I32 -> DataType.INT32;
      default -> DataType.INT64;
    };
  }
}
