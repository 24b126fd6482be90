package io.bitwright.frontend.tflite.site;

import io.bitwright.frontend.tflite.schema.Limits;

/** What an import may hold beyond what the file does, so that no small file takes much memory. */
final class Budget {
  private long indices = Limits.INDICES;
  private long reals;

  /**
   * What there is for a file.
   *
   * @param fileBytes  no file has more constants of a byte or more, unless they lie upon each other
   */
  Budget(long fileBytes) {
    this.reals = fileBytes;
  }

  /** Takes so many indices; false where they are not left. */
  boolean takeIndices(long count) {
    indices -= count;
    return indices >= 0;
  }

  /** Takes so many constants that become f32; false where they are not left. */
  boolean takeReals(long count) {
    reals -= count;
    return reals >= 0;
  }
}
