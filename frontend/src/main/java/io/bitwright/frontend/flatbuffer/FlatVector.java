package io.bitwright.frontend.flatbuffer;

/** A vector of a FlatBuffer; all of its elements lie within the buffer. */
public final class FlatVector {
  private final FlatBuffer buffer;
  private final int position;
  private final int count;
  private final int elementBytes;

  private FlatVector(FlatBuffer buffer, int position, int count, int elementBytes) {
    this.buffer = buffer;
    this.position = position;
    this.count = count;
    this.elementBytes = elementBytes;
  }

  /** A vector without elements, as an absent one reads. */
  public static FlatVector none() {
    return new FlatVector(new FlatBuffer(new byte[0]), 0, 0, 1);
  }

  static FlatVector at(FlatBuffer buffer, int position, int elementBytes) {
    long count = buffer.u32(position);
    int first = position + 4;
    if (count * elementBytes > buffer.sizeBytes() - first) {
      throw new MalformedBufferException(
          "the vector at byte " + position + " has " + count + " elements, more than the rest of the file");
    }
    return new FlatVector(buffer, first, (int) count, elementBytes);
  }

  /** Where the first element is in the file. */
  public int position() {
    return position;
  }

  public int count() {
    return count;
  }

  private int place(int index, int bytes) {
    if (index < 0 || index >= count) {
      throw new MalformedBufferException("index " + index + " into a vector of " + count);
    }
    if (bytes != elementBytes) {
      throw new IllegalStateException("elements have " + elementBytes + " bytes, not " + bytes);
    }
    return position + index * elementBytes;
  }

  public FlatTable table(int index) {
    return FlatTable.at(buffer, buffer.follow(place(index, 4)));
  }

  public int i32(int index) {
    return buffer.i32(place(index, 4));
  }

  public float f32(int index) {
    return buffer.f32(place(index, 4));
  }

  public long i64(int index) {
    return buffer.i64(place(index, 8));
  }

  /** A copy of all elements. */
  public int[] ints() {
    buffer.charge(4L * count);
    int[] all = new int[count];
    for (int i = 0; i < count; i++) {
      all[i] = i32(i);
    }
    return all;
  }

  /** A copy of all elements. */
  public float[] floats() {
    buffer.charge(4L * count);
    float[] all = new float[count];
    for (int i = 0; i < count; i++) {
      all[i] = f32(i);
    }
    return all;
  }

  /** A copy of all bytes. */
  public byte[] bytes() {
    return buffer.copy(position, count * elementBytes);
  }
}
