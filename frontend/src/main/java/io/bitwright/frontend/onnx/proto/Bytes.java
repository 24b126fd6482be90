package io.bitwright.frontend.onnx.proto;

/** A stretch of a file's bytes; nothing is copied. */
public record Bytes(byte[] file, int offset, int length) {
  static Bytes of(byte[] file) {
    return new Bytes(file, 0, file.length);
  }
}
