package io.bitwright.frontend.onnx.proto;

/** A size in the file exceeds the {@link Limits}. */
public final class TooLargeException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final String what;
  private final long found;
  private final long limit;

  public TooLargeException(String what, long found, long limit) {
    super(what + ": " + found + " (limit " + limit + ")");
    this.what = what;
    this.found = found;
    this.limit = limit;
  }

  public String what() {
    return what;
  }

  public long found() {
    return found;
  }

  public long limit() {
    return limit;
  }
}
