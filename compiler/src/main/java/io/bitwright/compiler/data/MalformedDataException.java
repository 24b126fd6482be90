package io.bitwright.compiler.data;

/** What is wrong with an input file's contents, in words for the user; becomes a diagnostic where the file is known. */
final class MalformedDataException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  MalformedDataException(String message) {
    super(message);
  }
}
