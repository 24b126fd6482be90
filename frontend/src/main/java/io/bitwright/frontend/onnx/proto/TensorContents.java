package io.bitwright.frontend.onnx.proto;

import io.bitwright.ir.type.ElementType;
import io.bitwright.ir.type.HalfPrecision;
import io.bitwright.ir.type.TensorData;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;

/** Decodes the contents of constants. */
public final class TensorContents {
  private static final int FLOAT_DATA = 4;
  private static final int INT32_DATA = 5;
  private static final int INT64_DATA = 7;
  private static final int DOUBLE_DATA = 10;
  private static final int UINT64_DATA = 11;

  private TensorContents() {}

  /**
   * The type of a number in the file.
   *
   * @throws MalformedMessageException if there is none of that number
   */
  public static DataType type(int number) {
    return DataType.of(number).orElseThrow(() -> new MalformedMessageException("data type " + number
        + " does not exist"));
  }

  /**
   * The elements in C order: reals as f32, integers as they are or wider.
   *
   * @param external  the contents where they are in another file; not looked at otherwise
   * @throws MalformedMessageException if they are not as many as the shape says, or do not have the type's form
   */
  public static TensorData decode(TensorMessage tensor, DataType type, long elements, Optional<byte[]> external) {
    if (external.isPresent()) {
      return fromRaw(Bytes.of(external.get()), type, elements);
    }
    if (tensor.raw().isPresent()) {
      return fromRaw(tensor.raw().get(), type, elements);
    }
    int field = switch (type) {
      case FLOAT -> FLOAT_DATA;
      case DOUBLE -> DOUBLE_DATA;
      case INT64 -> INT64_DATA;
      case UINT32, UINT64 -> UINT64_DATA;
      default -> INT32_DATA;
    };
    List<Bytes> stretches = tensor.typed().getOrDefault(field, List.of());
    return field == FLOAT_DATA || field == DOUBLE_DATA ? reals(stretches, type, elements)
        : integers(stretches, type, elements);
  }

  /** How many bytes the raw contents have. */
  public static long rawBytes(DataType type, long elements) {
    return elements * type.fileBytes();
  }

  private static MalformedMessageException wrongSize(Object found, long wanted, String unit) {
    return new MalformedMessageException("it holds " + found + " " + unit + " (its shape needs " + wanted + ")");
  }

  private static TensorData fromRaw(Bytes raw, DataType type, long elements) {
    if (raw.length() != rawBytes(type, elements)) {
      throw wrongSize(raw.length(), rawBytes(type, elements), "bytes");
    }
    ByteBuffer in = ByteBuffer.wrap(raw.file(), raw.offset(), raw.length()).order(ByteOrder.LITTLE_ENDIAN);
    Writer out = new Writer(type, (int) elements);
    for (int i = 0; i < elements; i++) {
      switch (type) {
        case FLOAT -> out.real(in.getFloat());
        case DOUBLE -> out.real((float) in.getDouble());
        case FLOAT16 -> out.real(HalfPrecision.toFloat(in.getShort()));
        case BFLOAT16 -> out.real(Float.intBitsToFloat(in.getShort() << 16));
        case INT8 -> out.integer(in.get());
        case UINT8, BOOL -> out.integer(in.get() & 0xff);
        case INT16 -> out.integer(in.getShort());
        case UINT16 -> out.integer(in.getShort() & 0xffff);
        case INT32 -> out.integer(in.getInt());
        case UINT32 -> out.integer(in.getInt() & 0xffffffffL);
        default -> out.integer(in.getLong());
      }
    }
    return out.data();
  }

  private static TensorData reals(List<Bytes> stretches, DataType type, long elements) {
    int size = type == DataType.DOUBLE ? 8 : 4;
    long found = stretches.stream().mapToLong(Bytes::length).sum();
    if (found != elements * size) {
      throw wrongSize(found / size, elements, "elements");
    }
    Writer out = new Writer(type, (int) elements);
    for (Bytes stretch : stretches) {
      ByteBuffer in = ByteBuffer.wrap(stretch.file(), stretch.offset(),
          stretch.length()).order(ByteOrder.LITTLE_ENDIAN);
      while (in.remaining() >= size) {
        out.real(size == 8 ? (float) in.getDouble() : in.getFloat());
      }
    }
    return out.data();
  }

  private static TensorData integers(List<Bytes> stretches, DataType type, long elements) {
    long most = stretches.stream().mapToLong(Bytes::length).sum();
    if (most < elements) {
      throw wrongSize("at most " + most, elements, "elements");
    }
    Writer out = new Writer(type, (int) elements);
    for (Bytes stretch : stretches) {
      MessageReader.packedIntegers(stretch, v -> {
        if (out.isFull()) {
          throw wrongSize("more than " + elements, elements, "elements");
        }
        switch (type) {
          case FLOAT16 -> out.real(HalfPrecision.toFloat((short) v));
          case BFLOAT16 -> out.real(Float.intBitsToFloat((int) v << 16));
          default -> out.integer(v);
        }
      });
    }
    if (!out.isFull()) {
      throw wrongSize("fewer than " + elements, elements, "elements");
    }
    return out.data();
  }

  /** Collects elements. */
  private static final class Writer {
    private final ElementType element;
    private final ByteBuffer out;

    Writer(DataType type, int elements) {
      element = type.element().orElseThrow(
          () -> new MalformedMessageException("elements of type " + type.text() + " are not supported"));
      out = ByteBuffer.allocate(Math.multiplyExact(elements, element.sizeBytes())).order(ByteOrder.LITTLE_ENDIAN);
    }

    void real(float value) {
      out.putFloat(value);
    }

    void integer(long value) {
      switch (element) {
        case I8, U8 -> out.put((byte) value);
        case I16 -> out.putShort((short) value);
        case I32 -> out.putInt((int) value);
        default -> out.putLong(value);
      }
    }

    boolean isFull() {
      return !out.hasRemaining();
    }

    TensorData data() {
      return TensorData.ofRaw(element, out.array());
    }
  }
}
