package io.bitwright.frontend.onnx.proto;

/** The bytes are no ONNX model, or one with a message that makes no sense. */
public final class MalformedMessageException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public MalformedMessageException(String message) {
    super(message);
  }
}
