package io.bitwright.frontend.onnx.proto;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.LongConsumer;

/** The fields of one message, one after the other. */
final class MessageReader {
  private final Bytes bytes;
  private final CodedInputStream in;
  private int tag;

  MessageReader(Bytes bytes) {
    this.bytes = bytes;
    this.in = CodedInputStream.newInstance(bytes.file(), bytes.offset(), bytes.length());
  }

  private interface Read<T> {
    T get() throws IOException;
  }

  private <T> T reading(Read<T> read) {
    try {
      return read.get();
    } catch (IOException e) {
      throw new MalformedMessageException("the message that starts at byte " + bytes.offset() + " is broken at byte "
          + (bytes.offset() + in.getTotalBytesRead()));
    }
  }

  /** Number of the next field; 0 at the end. */
  int next() {
    tag = reading(in::readTag);
    return WireFormat.getTagFieldNumber(tag);
  }

  /** Passes over the field. */
  void skip() {
    if (!reading(() -> in.skipField(tag))) {
      throw new MalformedMessageException("a group ends at byte " + (bytes.offset() + in.getTotalBytesRead())
          + " that did not begin");
    }
  }

  private void require(int wireType) {
    if (WireFormat.getTagWireType(tag) != wireType) {
      throw new MalformedMessageException("field " + WireFormat.getTagFieldNumber(tag) + " at byte "
          + (bytes.offset() + in.getTotalBytesRead()) + " has wire type " + WireFormat.getTagWireType(tag)
          + " (must be " + wireType + ")");
    }
  }

  long integer() {
    require(WireFormat.WIRETYPE_VARINT);
    return reading(in::readInt64);
  }

  /** An enumeration's number, or a small integer; numbers beyond 32 bits are no legal ones. */
  int small() {
    long value = integer();
    return value == (int) value ? (int) value : -1;
  }

  float real() {
    require(WireFormat.WIRETYPE_FIXED32);
    return reading(in::readFloat);
  }

  /** A nested message, or a string of bytes. */
  Bytes bytes() {
    require(WireFormat.WIRETYPE_LENGTH_DELIMITED);
    int length = reading(in::readUInt32);
    int offset = bytes.offset() + in.getTotalBytesRead();
    int end = bytes.offset() + bytes.length();
    if (length < 0 || length > end - offset) {
      throw new MalformedMessageException("a field of " + Integer.toUnsignedString(length) + " bytes at byte " + offset
          + " leads outside of its message");
    }
    reading(() -> {
      in.skipRawBytes(length);
      return length;
    });
    return new Bytes(bytes.file(), offset, length);
  }

  String text() {
    Bytes text = bytes();
    if (text.length() > Limits.NAME_BYTES) {
      throw new TooLargeException("a name", text.length(), Limits.NAME_BYTES);
    }
    return decode(text);
  }

  static String decode(Bytes text) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(text.file(), text.offset(), text.length()))
          .toString();
    } catch (CharacterCodingException e) {
      throw new MalformedMessageException("the text at byte " + text.offset() + " is not UTF-8");
    }
  }

  /** A repeated integer: one, or a packed list of them. */
  void integers(LongConsumer consumer) {
    if (WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_VARINT) {
      consumer.accept(integer());
      return;
    }
    packedIntegers(bytes(), consumer);
  }

  static void packedIntegers(Bytes packed, LongConsumer consumer) {
    MessageReader reader = new MessageReader(packed);
    while (!reader.reading(reader.in::isAtEnd)) {
      consumer.accept(reader.reading(reader.in::readInt64));
    }
  }

  /**
   * A repeated number of fixed size: where one, or a packed list of them, lies.
   *
   * @param size  4 or 8 bytes
   */
  Bytes fixed(int size) {
    int single = size == 4 ? WireFormat.WIRETYPE_FIXED32 : WireFormat.WIRETYPE_FIXED64;
    if (WireFormat.getTagWireType(tag) != single) {
      return bytes();
    }
    int offset = bytes.offset() + in.getTotalBytesRead();
    reading(() -> in.skipField(tag));
    return new Bytes(bytes.file(), offset, size);
  }

  /** A repeated integer: where one, or a packed list of them, lies. */
  Bytes varints() {
    if (WireFormat.getTagWireType(tag) != WireFormat.WIRETYPE_VARINT) {
      return bytes();
    }
    int start = bytes.offset() + in.getTotalBytesRead();
    reading(() -> in.skipField(tag));
    return new Bytes(bytes.file(), start, bytes.offset() + in.getTotalBytesRead() - start);
  }

  /** Adds to a list of limited length. */
  static <T> void add(List<T> list, T element, String what, int limit) {
    if (list.size() >= limit) {
      throw new TooLargeException("the number of " + what, list.size() + 1L, limit);
    }
    list.add(element);
  }
}
