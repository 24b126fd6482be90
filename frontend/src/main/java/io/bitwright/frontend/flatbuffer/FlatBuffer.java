package io.bitwright.frontend.flatbuffer;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The bytes of a FlatBuffer. Reads are little-endian, at absolute positions, and never leave the buffer.
 *
 * <p>What is copied out of it (texts, vectors, data) is counted: {@value #LONGEST_COPY_FACTOR} times its size is the
 * most, so that a file whose vectors overlap cannot ask for more memory than a small multiple of its own size.
 */
public final class FlatBuffer {
  private static final int LONGEST_COPY_FACTOR = 4;
  private static final int IDENTIFIER_AT = 4;

  private final byte[] data;
  private final ByteBuffer view;
  private long copiesLeft;

  /** Wraps the bytes; they are not copied and must not change. */
  public FlatBuffer(byte[] data) {
    this.data = data;
    this.view = ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN);
    this.copiesLeft = (long) LONGEST_COPY_FACTOR * data.length;
  }

  public int sizeBytes() {
    return data.length;
  }

  /** Whether bytes 4 to 7 are this file identifier of four ASCII characters. */
  public boolean hasIdentifier(String identifier) {
    byte[] wanted = identifier.getBytes(StandardCharsets.US_ASCII);
    int end = IDENTIFIER_AT + wanted.length;
    return data.length >= end && Arrays.equals(data, IDENTIFIER_AT, end, wanted, 0, wanted.length);
  }

  /**
   * The root table.
   *
   * @throws MalformedBufferException if there is none, as for all readers here
   */
  public FlatTable root() {
    return FlatTable.at(this, follow(0));
  }

  int u8(long at) {
    return view.get(check(at, 1)) & 0xff;
  }

  int u16(long at) {
    return view.getShort(check(at, 2)) & 0xffff;
  }

  int i32(long at) {
    return view.getInt(check(at, 4));
  }

  long u32(long at) {
    return i32(at) & 0xffffffffL;
  }

  long i64(long at) {
    return view.getLong(check(at, 8));
  }

  float f32(long at) {
    return Float.intBitsToFloat(i32(at));
  }

  /** The position that the unsigned offset at {@code at} leads to; at least four bytes are there. */
  int follow(int at) {
    long offset = u32(at);
    long target = at + offset;
    if (offset == 0 || target + 4 > data.length) {
      throw new MalformedBufferException(
          "the offset at byte " + at + " leads to byte " + target + " of " + data.length);
    }
    return (int) target;
  }

  /** {@code at} as an array index, once {@code width} bytes are known to be there. */
  int check(long at, long width) {
    if (at < 0 || width < 0 || at > data.length - width) {
      throw new MalformedBufferException(width + " bytes at byte " + at + " are outside of the file of " + data.length);
    }
    return (int) at;
  }

  /** Counts a copy about to be made. */
  void charge(long bytes) {
    copiesLeft -= bytes;
    if (copiesLeft < 0) {
      throw new MalformedBufferException(
          "its parts overlap: they add up to more than " + LONGEST_COPY_FACTOR + " times the file");
    }
  }

  byte[] copy(int at, int bytes) {
    check(at, bytes);
    charge(bytes);
    return Arrays.copyOfRange(data, at, at + bytes);
  }

  String text(int at, int bytes) {
    check(at, bytes);
    charge(bytes);
    return new String(data, at, bytes, StandardCharsets.UTF_8);
  }
}
