package io.bitwright.frontend.flatbuffer;

import java.util.Optional;

/** A table of a FlatBuffer: fields by number, absent ones read as their default. */
public final class FlatTable {
  private static final int VTABLE_HEADER = 4;

  private final FlatBuffer buffer;
  private final int position;
  private final int vtable;
  private final int vtableBytes;

  private FlatTable(FlatBuffer buffer, int position, int vtable, int vtableBytes) {
    this.buffer = buffer;
    this.position = position;
    this.vtable = vtable;
    this.vtableBytes = vtableBytes;
  }

  static FlatTable at(FlatBuffer buffer, int position) {
    long vtable = (long) position - buffer.i32(position);
    int bytes = buffer.u16(vtable);
    if (bytes < VTABLE_HEADER || bytes % 2 != 0) {
      throw new MalformedBufferException("the table at byte " + position + " has a vtable of " + bytes + " bytes");
    }
    return new FlatTable(buffer, position, buffer.check(vtable, bytes), bytes);
  }

  /** Where the table is in the file: two tables with one position are one table. */
  public int position() {
    return position;
  }

  private int place(int field, int width) {
    int entry = VTABLE_HEADER + 2 * field;
    int offset = entry + 2 > vtableBytes ? 0 : buffer.u16((long) vtable + entry);
    return offset == 0 ? -1 : buffer.check((long) position + offset, width);
  }

  /** An 8-bit field, unsigned. */
  public int u8(int field, int otherwise) {
    int at = place(field, 1);
    return at < 0 ? otherwise : buffer.u8(at);
  }

  /** An 8-bit field, signed. */
  public int i8(int field, int otherwise) {
    int at = place(field, 1);
    return at < 0 ? otherwise : (byte) buffer.u8(at);
  }

  /** A flag, false where absent. */
  public boolean flag(int field) {
    return u8(field, 0) != 0;
  }

  public int i32(int field, int otherwise) {
    int at = place(field, 4);
    return at < 0 ? otherwise : buffer.i32(at);
  }

  public long u32(int field, long otherwise) {
    int at = place(field, 4);
    return at < 0 ? otherwise : buffer.u32(at);
  }

  /** A 64-bit field; values of 2^63 and above come out negative. */
  public long i64(int field, long otherwise) {
    int at = place(field, 8);
    return at < 0 ? otherwise : buffer.i64(at);
  }

  public float f32(int field, float otherwise) {
    int at = place(field, 4);
    return at < 0 ? otherwise : buffer.f32(at);
  }

  public boolean has(int field) {
    return place(field, 1) >= 0;
  }

  public Optional<FlatTable> table(int field) {
    int at = place(field, 4);
    return at < 0 ? Optional.empty() : Optional.of(at(buffer, buffer.follow(at)));
  }

  /** A text, empty where absent; bytes that are not UTF-8 come out as replacement characters. */
  public String text(int field) {
    FlatVector bytes = vector(field, 1);
    return bytes.count() == 0 ? "" : buffer.text(bytes.position(), bytes.count());
  }

  /**
   * A vector, empty where absent.
   *
   * @param elementBytes  size of an element; 4 for tables
   */
  public FlatVector vector(int field, int elementBytes) {
    int at = place(field, 4);
    return at < 0 ? FlatVector.none() : FlatVector.at(buffer, buffer.follow(at), elementBytes);
  }
}
