package io.bitwright.frontend.flatbuffer;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes FlatBuffers for tests: tables of fields by number. A value is a Byte, Integer, Long, Float, Boolean, String,
 * int[], long[], float[], byte[], Fields, or a list of Fields. Parts lie in the order in which a walk meets them.
 */
public final class FlatWriter {
  private ByteBuffer out = ByteBuffer.allocate(1 << 12).order(ByteOrder.LITTLE_ENDIAN);

  /** A table's fields. */
  public static final class Fields {
    private final TreeMap<Integer, Object> values = new TreeMap<>();

    public static Fields of() {
      return new Fields();
    }

    /** Sets a field; null removes it. */
    public Fields with(int field, Object value) {
      if (value == null) {
        values.remove(field);
      } else {
        values.put(field, value);
      }
      return this;
    }

    public Object get(int field) {
      return values.get(field);
    }
  }

  private FlatWriter() {}

  /** The file of a root table. */
  public static byte[] write(String identifier, Fields root) {
    FlatWriter writer = new FlatWriter();
    writer.reserve(8);
    writer.out.putInt(0).put(identifier.getBytes(StandardCharsets.US_ASCII));
    int at = writer.place(root);
    writer.out.putInt(0, at);
    return Arrays.copyOf(writer.out.array(), writer.out.position());
  }

  private void reserve(int bytes) {
    if (out.remaining() < bytes + 16) {
      ByteBuffer larger = ByteBuffer.allocate(2 * (out.capacity() + bytes)).order(ByteOrder.LITTLE_ENDIAN);
      larger.put(out.flip());
      out = larger;
    }
  }

  private void align() {
    while (out.position() % 8 != 0) {
      out.put((byte) 0);
    }
  }

  private int place(Object value) {
    return value instanceof Fields fields ? table(fields) : value instanceof List<?> list ? list(list) : vector(value);
  }

  private int table(Fields fields) {
    int slots = fields.values.isEmpty() ? 0 : fields.values.lastKey() + 1;
    reserve(64 + 12 * slots);
    align();
    int vtable = out.position();
    int position = (vtable + 4 + 2 * slots + 7) / 8 * 8;
    short[] offsets = new short[slots];
    int next = 8;
    for (int field : fields.values.keySet()) {
      offsets[field] = (short) next;
      next += 8;
    }
    out.putShort((short) (4 + 2 * slots)).putShort((short) next);
    for (short offset : offsets) {
      out.putShort(offset);
    }
    out.position(position).putInt(position - vtable);
    out.position(position + next);
    for (Map.Entry<Integer, Object> field : fields.values.entrySet()) {
      inline(position + offsets[field.getKey()], field.getValue());
    }
    return position;
  }

  private void inline(int at, Object value) {
    if (value instanceof Byte v) {
      out.put(at, v);
    } else if (value instanceof Boolean v) {
      out.put(at, (byte) (v ? 1 : 0));
    } else if (value instanceof Integer v) {
      out.putInt(at, v);
    } else if (value instanceof Long v) {
      out.putLong(at, v);
    } else if (value instanceof Float v) {
      out.putFloat(at, v);
    } else {
      int target = place(value);
      out.putInt(at, target - at);
    }
  }

  private int list(List<?> items) {
    reserve(16 + 4 * items.size());
    align();
    int at = out.position();
    out.putInt(items.size());
    out.position(at + 4 + 4 * items.size());
    for (int i = 0; i < items.size(); i++) {
      int slot = at + 4 + 4 * i;
      int target = place(items.get(i));
      out.putInt(slot, target - slot);
    }
    return at;
  }

  private int vector(Object value) {
    byte[] content = content(value);
    int elementBytes = value instanceof long[] ? 8 : value instanceof int[] || value instanceof float[] ? 4 : 1;
    reserve(content.length + 32);
    align();
    out.putInt(0);
    int at = out.position();
    out.putInt(content.length / elementBytes).put(content);
    return at;
  }

  private static byte[] content(Object value) {
    if (value instanceof String text) {
      return text.getBytes(StandardCharsets.UTF_8);
    }
    if (value instanceof byte[] bytes) {
      return bytes;
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    long[] numbers = value instanceof long[] longs ? longs
        : value instanceof int[] ints ? Arrays.stream(ints).asLongStream().toArray()
        : floatBits((float[]) value);
    int width = value instanceof long[] ? 8 : 4;
    for (long number : numbers) {
      for (int i = 0; i < width; i++) {
        bytes.write((int) (number >> (8 * i)));
      }
    }
    return bytes.toByteArray();
  }

  private static long[] floatBits(float[] values) {
    long[] bits = new long[values.length];
    for (int i = 0; i < bits.length; i++) {
      bits[i] = Float.floatToRawIntBits(values[i]);
    }
    return bits;
  }
}
