package io.bitwright.ir.graph.text;

import io.bitwright.ir.diag.DiagnosticException;
import io.bitwright.ir.diag.DiagnosticId;
import io.bitwright.ir.diag.SourceLocation;
import io.bitwright.ir.type.ElementType;
import io.bitwright.ir.type.TensorData;
import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A constant pool as bytes: {@code BWPOOL1\n}, then for each constant its name's length, its name, the position of its
 * element type in {@link ElementType}, its size in bytes, and its bytes; all numbers 32-bit little-endian.
 *
 * <p>A file of any content gives a pool or a diagnostic, and no more memory than a small multiple of its size.
 */
final class PoolFile {
  private static final byte[] MAGIC = "BWPOOL1\n".getBytes(StandardCharsets.US_ASCII);

  private PoolFile() {}

  static byte[] encode(Map<String, TensorData> pool) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(MAGIC);
    pool.forEach((name, data) -> {
      byte[] nameBytes = name.getBytes(StandardCharsets.UTF_8);
      bytes.writeBytes(number(nameBytes.length));
      bytes.writeBytes(nameBytes);
      bytes.writeBytes(number(data.element().ordinal()));
      bytes.writeBytes(number(data.sizeBytes()));
      bytes.writeBytes(data.toRaw());
    });
    return bytes.toByteArray();
  }

  private static byte[] number(int value) {
    return ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array();
  }

  /** The pool, its names in file order. {@code file} is for messages. */
  static Map<String, TensorData> decode(String file, byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    try {
      if (!java.util.Arrays.equals(take(buffer, MAGIC.length), MAGIC)) {
        throw malformed(file, "no constant pool");
      }
      Map<String, TensorData> pool = new LinkedHashMap<>();
      while (buffer.hasRemaining()) {
        String name = new String(take(buffer, buffer.getInt()), StandardCharsets.UTF_8);
        pool.put(name, constant(file, buffer));
      }
      return pool;
    } catch (BufferUnderflowException | IllegalArgumentException e) {
      throw malformed(file, "the constant pool ends early or has a wrong size");
    }
  }

  private static TensorData constant(String file, ByteBuffer buffer) {
    int element = buffer.getInt();
    if (element < 0 || element >= ElementType.values().length) {
      throw malformed(file, "element type " + element);
    }
    return TensorData.ofRaw(ElementType.values()[element], take(buffer, buffer.getInt()));
  }

  private static byte[] take(ByteBuffer buffer, int size) {
    if (size < 0 || size > buffer.remaining()) {
      throw new BufferUnderflowException();
    }
    byte[] bytes = new byte[size];
    buffer.get(bytes);
    return bytes;
  }

  private static DiagnosticException malformed(String file, String what) {
    return DiagnosticException.of(DiagnosticId.MALFORMED_FILE, new SourceLocation(file, 0, 0, ""), what);
  }
}
