package io.bitwright.frontend.onnx.proto;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * AttributeProto: a named value of one of several types.
 *
 * @param type  as declared; where an old file declares none, that of the field present
 * @param text  a string's bytes as UTF-8, empty where they are none
 */
public record AttributeMessage(String name, Type type, float real, long integer, String text,
    Optional<TensorMessage> tensor, List<Float> reals, List<Long> integers) {
  /** AttributeProto.AttributeType; those that no supported operator has are OTHER. */
  public enum Type {
    UNDEFINED,
    FLOAT,
    INT,
    STRING,
    TENSOR,
    GRAPH,
    FLOATS,
    INTS,
    OTHER;

    private static Type of(int number) {
      return number >= 0 && number < OTHER.ordinal() ? values()[number] : OTHER;
    }
  }

  public AttributeMessage {
    reals = List.copyOf(reals);
    integers = List.copyOf(integers);
  }

  static AttributeMessage read(Bytes bytes) {
    Builder builder = new Builder();
    MessageReader in = new MessageReader(bytes);
    for (int field = in.next(); field != 0; field = in.next()) {
      builder.field(in, field);
    }
    return builder.build();
  }

  private static final class Builder {
    private String name = "";
    private Type declared = Type.UNDEFINED;
    private Type present = Type.UNDEFINED;
    private float real;
    private long integer;
    private String text = "";
    private Optional<TensorMessage> tensor = Optional.empty();
    private final List<Float> reals = new ArrayList<>();
    private final List<Long> integers = new ArrayList<>();

    void field(MessageReader in, int field) {
      switch (field) {
        case 1 -> name = in.text();
        case 2 -> {
          real = in.real();
          present = Type.FLOAT;
        }
        case 3 -> {
          integer = in.integer();
          present = Type.INT;
        }
        case 4 -> {
          text = string(in.bytes());
          present = Type.STRING;
        }
        case 5 -> {
          tensor = Optional.of(TensorMessage.read(in.bytes()));
          present = Type.TENSOR;
        }
        case 6, 11 -> {
          in.skip();
          present = Type.GRAPH;
        }
        case 7 -> {
          reals(in.fixed(4));
          present = Type.FLOATS;
        }
        case 8 -> {
          in.integers(v -> MessageReader.add(integers, v, "integers of an attribute", Limits.NUMBERS));
          present = Type.INTS;
        }
        case 9, 10, 14, 15, 22, 23 -> {
          in.skip();
          present = Type.OTHER;
        }
        case 20 -> declared = Type.of(in.small());
        case 21 -> {
          in.skip();
          declared = Type.OTHER; // refers to an attribute of a function, which has no meaning in a graph
        }
        default -> in.skip();
      }
    }

    private static String string(Bytes bytes) {
      try {
        return bytes.length() > Limits.NAME_BYTES ? "" : MessageReader.decode(bytes);
      } catch (MalformedMessageException e) {
        return "";
      }
    }

    private void reals(Bytes packed) {
      FloatBuffer values = ByteBuffer.wrap(packed.file(), packed.offset(), packed.length())
          .order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
      while (values.hasRemaining()) {
        MessageReader.add(reals, values.get(), "reals of an attribute", Limits.NUMBERS);
      }
    }

    AttributeMessage build() {
      return new AttributeMessage(name, declared == Type.UNDEFINED ? present : declared, real, integer, text, tensor,
          reals, integers);
    }
  }
}
