package io.bitwright.frontend.onnx.proto;

import java.util.ArrayList;
import java.util.List;

/**
 * ValueInfoProto: a tensor's declaration.
 *
 * @param type  number of its DataType; 0 where it is no tensor
 * @param hasShape  whether dimensions are declared
 */
public record ValueMessage(String name, int type, boolean hasShape, List<Dimension> dims) {
  /**
   * TensorShapeProto.Dimension.
   *
   * @param value  0 or less where it is open
   * @param name  of an open dimension
   */
  public record Dimension(long value, String name) {
    public boolean isOpen() {
      return value < 1;
    }

    @Override
    public String toString() {
      return !isOpen() ? String.valueOf(value) : name.isEmpty() ? "?" : name;
    }
  }

  public ValueMessage {
    dims = List.copyOf(dims);
  }

  static ValueMessage read(Bytes bytes) {
    String name = "";
    ValueMessage type = new ValueMessage("", 0, false, List.of());
    MessageReader in = new MessageReader(bytes);
    for (int field = in.next(); field != 0; field = in.next()) {
      switch (field) {
        case 1 -> name = in.text();
        case 2 -> type = type(in.bytes());
        default -> in.skip();
      }
    }
    return new ValueMessage(name, type.type, type.hasShape, type.dims);
  }

  /** TypeProto; only tensors have a type here. */
  private static ValueMessage type(Bytes bytes) {
    ValueMessage tensor = new ValueMessage("", 0, false, List.of());
    MessageReader in = new MessageReader(bytes);
    for (int field = in.next(); field != 0; field = in.next()) {
      if (field == 1) {
        tensor = tensor(in.bytes());
      } else {
        in.skip();
      }
    }
    return tensor;
  }

  private static ValueMessage tensor(Bytes bytes) {
    int type = 0;
    boolean hasShape = false;
    List<Dimension> dims = List.of();
    MessageReader in = new MessageReader(bytes);
    for (int field = in.next(); field != 0; field = in.next()) {
      switch (field) {
        case 1 -> type = in.small();
        case 2 -> {
          dims = shape(in.bytes());
          hasShape = true;
        }
        default -> in.skip();
      }
    }
    return new ValueMessage("", type, hasShape, dims);
  }

  private static List<Dimension> shape(Bytes bytes) {
    List<Dimension> dims = new ArrayList<>();
    MessageReader in = new MessageReader(bytes);
    for (int field = in.next(); field != 0; field = in.next()) {
      if (field == 1) {
        MessageReader.add(dims, dimension(in.bytes()), "dimensions of a tensor", Limits.RANK);
      } else {
        in.skip();
      }
    }
    return dims;
  }

  private static Dimension dimension(Bytes bytes) {
    long value = 0;
    String name = "";
    MessageReader in = new MessageReader(bytes);
    for (int field = in.next(); field != 0; field = in.next()) {
      switch (field) {
        case 1 -> value = in.integer();
        case 2 -> name = in.text();
        default -> in.skip();
      }
    }
    return new Dimension(value, name);
  }
}
