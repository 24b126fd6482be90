package io.bitwright.ir.type;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/** The immutable contents of a constant: raw little-endian elements in C order. */
public final class TensorData {
  private static final int HASHED_BYTES = 32;

  private final ElementType element;
  private final byte[] raw;

  private TensorData(ElementType element, byte[] raw) {
    if (raw.length % element.sizeBytes() != 0) {
      throw new IllegalArgumentException(raw.length + " bytes are no whole number of " + element.text());
    }
    this.element = element;
    this.raw = raw;
  }

  /** Copies little-endian bytes. */
  public static TensorData ofRaw(ElementType element, byte[] littleEndian) {
    return new TensorData(element, littleEndian.clone());
  }

  public static TensorData ofBytes(byte... values) {
    return new TensorData(ElementType.I8, values.clone());
  }

  public static TensorData ofInts(int... values) {
    ByteBuffer buffer = allocate(values.length * 4);
    buffer.asIntBuffer().put(values);
    return new TensorData(ElementType.I32, buffer.array());
  }

  public static TensorData ofLongs(long... values) {
    ByteBuffer buffer = allocate(values.length * 8);
    buffer.asLongBuffer().put(values);
    return new TensorData(ElementType.I64, buffer.array());
  }

  /**
   * Codes as elements of some integer type.
   *
   * @throws IllegalArgumentException if one is none of the type's, or the type is f32
   */
  public static TensorData ofCodes(ElementType element, long... codes) {
    if (element == ElementType.F32) {
      throw new IllegalArgumentException("f32 has no codes");
    }
    ByteBuffer buffer = allocate(Math.multiplyExact(codes.length, element.sizeBytes()));
    for (long code : codes) {
      if (code < element.min() || code > element.max()) {
        throw new IllegalArgumentException(code + " is no code of " + element.text());
      }
      switch (element) {
        case I8, U8 -> buffer.put((byte) code);
        case I16 -> buffer.putShort((short) code);
        case I32 -> buffer.putInt((int) code);
        default -> buffer.putLong(code);
      }
    }
    return new TensorData(element, buffer.array());
  }

  public static TensorData ofFloats(float... values) {
    ByteBuffer buffer = allocate(values.length * 4);
    buffer.asFloatBuffer().put(values);
    return new TensorData(ElementType.F32, buffer.array());
  }

  /** Turns unsigned codes into stored codes, or back, in place: 128 less, or more, is the top bit the other way. */
  public static void recentre(byte[] raw) {
    for (int i = 0; i < raw.length; i++) {
      raw[i] ^= (byte) 0x80;
    }
  }

  /** The same codes as a kernel stores them: unsigned ones become signed, all others are as they are. */
  public TensorData stored() {
    if (element != ElementType.U8) {
      return this;
    }
    byte[] signed = raw.clone();
    recentre(signed);
    return new TensorData(ElementType.I8, signed);
  }

  private static ByteBuffer allocate(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  public ElementType element() {
    return element;
  }

  public int elements() {
    return raw.length / element.sizeBytes();
  }

  public int sizeBytes() {
    return raw.length;
  }

  /** A copy of the little-endian bytes. */
  public byte[] toRaw() {
    return raw.clone();
  }

  /** A read-only little-endian view. */
  public ByteBuffer view() {
    return ByteBuffer.wrap(raw).asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN);
  }

  /** The integer code at a flat index; u8 is read as 0..255. */
  public long code(int index) {
    return switch (element) {
      case I8 -> raw[index];
      case U8 -> raw[index] & 0xff;
      case I16 -> view().getShort(index * 2);
      case I32 -> view().getInt(index * 4);
      case I64 -> view().getLong(index * 8);
      case F32 -> throw new IllegalStateException("f32 has no codes");
    };
  }

  /** The f32 at a flat index. */
  public float real(int index) {
    if (element != ElementType.F32) {
      throw new IllegalStateException(element.text() + " is not f32");
    }
    return view().getFloat(index * 4);
  }

  /** All codes of an integer constant. */
  public long[] codes() {
    long[] all = new long[elements()];
    for (int i = 0; i < all.length; i++) {
      all[i] = code(i);
    }
    return all;
  }

  /** All elements of an f32 constant. */
  public float[] reals() {
    float[] all = new float[elements()];
    view().asFloatBuffer().get(all);
    return all;
  }

  /** SHA-256 over element type and bytes, 32 hex digits of it: the name in a constant pool. */
  public String digest() {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      sha.update((byte) element.ordinal());
      return HexFormat.of().formatHex(sha.digest(raw), 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TensorData that && element == that.element && Arrays.equals(raw, that.raw);
  }

  /** Of element type, size and some bytes: millions of weights need not be read to tell constants apart. */
  @Override
  public int hashCode() {
    int step = raw.length / HASHED_BYTES | 1; // odd, so that every byte of an element takes its turn
    int hash = 31 * element.ordinal() + raw.length;
    for (int i = 0; i < raw.length; i += step) {
      hash = 31 * hash + raw[i];
    }
    return hash;
  }

  @Override
  public String toString() {
    return element.text() + "[" + elements() + "]";
  }
}
