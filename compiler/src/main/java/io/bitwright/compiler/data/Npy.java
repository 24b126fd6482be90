package io.bitwright.compiler.data;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Reads and writes .npy files: versions 1 to 3, little-endian, C order.
 *
 * <p>Source: the numpy format specification (numpy.lib.format). Nothing is allocated on a file's word: sizes are held
 * against the file's length first.
 */
final class Npy {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
  private static final int ALIGNMENT = 64;

  private Npy() {}

  /**
   * Reads an array.
   *
   * @throws MalformedDataException if the bytes are no such file
   */
  static NpyArray read(byte[] file) {
    if (file.length < 10 || !Arrays.equals(file, 0, 6, MAGIC, 0, 6)) {
      throw new MalformedDataException("not a .npy file");
    }
    int version = file[6];
    if (version < 1 || version > 3) {
      throw new MalformedDataException(".npy version " + (version & 0xff) + " (must be 1 to 3)");
    }
    int start = version == 1 ? 10 : 12;
    ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    long length = version == 1 ? bytes.getShort(8) & 0xffffL : file.length < 12 ? -1 : bytes.getInt(8) & 0xffffffffL;
    if (length < 0 || length > file.length - start) {
      throw new MalformedDataException("the header is cut off");
    }
    int data = start + (int) length;
    NpyHeader header = NpyHeader.parse(new String(file, start, (int) length, StandardCharsets.ISO_8859_1));
    return array(header, file, data);
  }

  private static NpyArray array(NpyHeader header, byte[] file, int start) {
    NpyType type = NpyType.of(header.descr()).orElseThrow(() -> new MalformedDataException(
        "elements of type '" + header.descr() + "' (must be one of " + NpyType.known() + ")"));
    List<Long> shape = header.shape();
    if (header.fortranOrder() && shape.stream().filter(d -> d > 1).count() > 1) {
      throw new MalformedDataException("Fortran order (must be C order: save numpy.ascontiguousarray(x))");
    }
    long available = file.length - start;
    long bytes = shape.contains(0L) ? 0 : type.sizeBytes();
    for (long size : shape) {
      bytes = bytes > available ? bytes : bytes * Math.min(size, available + 1);
    }
    if (bytes != available || shape.stream().anyMatch(d -> d > Integer.MAX_VALUE)) {
      throw new MalformedDataException(available + " bytes of data do not make shape " + shape);
    }
    List<Integer> sizes = shape.stream().map(Long::intValue).toList();
    return new NpyArray(type, sizes, Arrays.copyOfRange(file, start, file.length));
  }

  /** The file of an array, as numpy writes it in version 1. */
  static byte[] write(NpyArray array) {
    String sizes = array.shape().stream().map(String::valueOf).collect(Collectors.joining(", "));
    String tuple = "(" + sizes + (array.shape().size() == 1 ? ",)" : ")");
    StringBuilder header = new StringBuilder("{'descr': '" + array.type().descr() + "', 'fortran_order': False, 'shape': "
        + tuple + ", }");
    while ((10 + header.length() + 1) % ALIGNMENT != 0) {
      header.append(' ');
    }
    header.append('\n');
    ByteBuffer file = ByteBuffer.allocate(10 + header.length() + array.data().length).order(ByteOrder.LITTLE_ENDIAN);
    file.put(MAGIC).put((byte) 1).put((byte) 0).putShort((short) header.length());
    return file.put(header.toString().getBytes(StandardCharsets.ISO_8859_1)).put(array.data()).array();
  }
}
