package io.bitwright.frontend.onnx;

import com.google.protobuf.CodedOutputStream;
import io.bitwright.frontend.onnx.proto.ExternalData;
import io.bitwright.ir.graph.Graph;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.Optional;

/** Writes ONNX files for tests, legal and not. */
final class TestModel {
  static final int FLOAT = 1;
  static final int INT64 = 7;

  private final Message graph = new Message();
  private long irVersion = 8;
  private long opset = 13;

  /** A message, field after field. */
  static final class Message {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final CodedOutputStream out = CodedOutputStream.newInstance(bytes, 16);

    private interface Write {
      void to(CodedOutputStream out) throws IOException;
    }

    private Message write(Write write) {
      try {
        write.to(out);
        out.flush();
        return this;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    Message integer(int field, long value) {
      return write(o -> o.writeInt64(field, value));
    }

    Message real(int field, float value) {
      return write(o -> o.writeFloat(field, value));
    }

    Message text(int field, String value) {
      return write(o -> o.writeString(field, value));
    }

    Message bytes(int field, byte[] value) {
      return write(o -> o.writeByteArray(field, value));
    }

    Message message(int field, Message value) {
      return bytes(field, value.toBytes());
    }

    byte[] toBytes() {
      return bytes.toByteArray();
    }
  }

  TestModel opset(long version) {
    opset = version;
    return this;
  }

  TestModel irVersion(long version) {
    irVersion = version;
    return this;
  }

  /** Field of the graph, whatever it is. */
  TestModel field(int field, Message message) {
    graph.message(field, message);
    return this;
  }

  static Message value(String name, int type, long... dims) {
    Message shape = new Message();
    for (long dim : dims) {
      Message one = new Message();
      shape.message(1, dim > 0 ? one.integer(1, dim) : one.text(2, "N" + -dim));
    }
    return new Message().text(1, name)
        .message(2, new Message().message(1, new Message().integer(1, type).message(2, shape)));
  }

  TestModel input(String name, long... dims) {
    return field(11, value(name, FLOAT, dims));
  }

  TestModel output(String name) {
    return field(12, value(name, FLOAT));
  }

  static Message tensor(String name, int type, long... dims) {
    Message tensor = new Message();
    for (long dim : dims) {
      tensor.integer(1, dim);
    }
    return tensor.integer(2, type).text(8, name);
  }

  static byte[] raw(float... values) {
    ByteBuffer raw = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    raw.asFloatBuffer().put(values);
    return raw.array();
  }

  TestModel reals(String name, long[] dims, float... values) {
    return field(5, tensor(name, FLOAT, dims).bytes(9, raw(values)));
  }

  TestModel integers(String name, long... values) {
    Message tensor = tensor(name, INT64, values.length);
    for (long value : values) {
      tensor.integer(7, value);
    }
    return field(5, tensor);
  }

  /** {@code "Add(a, b) -> c"}, and attributes by name: Long, Float, String or long[]. */
  static Message node(String text, Map<String, Object> attributes) {
    String type = text.substring(0, text.indexOf('('));
    Message node = new Message();
    for (String input : text.substring(text.indexOf('(') + 1, text.indexOf(')')).split(",")) {
      node.text(1, input.strip());
    }
    for (String output : text.substring(text.indexOf("->") + 2).split(",")) {
      node.text(2, output.strip());
    }
    node.text(4, type);
    attributes.forEach((name, value) -> node.message(5, attribute(name, value)));
    return node;
  }

  static Message attribute(String name, Object value) {
    Message attribute = new Message().text(1, name);
    if (value instanceof Long number) {
      attribute.integer(3, number).integer(20, 2);
    } else if (value instanceof Float real) {
      attribute.real(2, real).integer(20, 1);
    } else if (value instanceof String text) {
      attribute.text(4, text).integer(20, 3);
    } else {
      for (long number : (long[]) value) {
        attribute.integer(8, number);
      }
      attribute.integer(20, 7);
    }
    return attribute;
  }

  TestModel node(String text) {
    return node(text, "", "");
  }

  TestModel node(String text, String attribute, Object value) {
    return field(1, node(text, attribute.isEmpty() ? Map.of() : Map.of(attribute, value)));
  }

  byte[] bytes() {
    return new Message().integer(1, irVersion).message(8, new Message().integer(2, opset)).message(7, graph).toBytes();
  }

  Graph load() {
    return OnnxImporter.parse(bytes(), "net.onnx", new ExternalData(Optional.empty()), ImportOptions.NONE);
  }
}
