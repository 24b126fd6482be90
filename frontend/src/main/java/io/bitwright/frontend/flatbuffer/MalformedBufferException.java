package io.bitwright.frontend.flatbuffer;

/** An offset or a length of a FlatBuffer leads outside of it; the message says which and where. */
public final class MalformedBufferException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  MalformedBufferException(String message) {
    super(message);
  }
}
