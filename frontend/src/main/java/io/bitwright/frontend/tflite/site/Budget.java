package io.bitwright.frontend.tflite.site;

import io.bitwright.frontend.tflite.schema.Limits;

/** What an import may hold beyond what the file does, so that no small file takes much memory. */
final class Budget {
  private long indices = Limits.INDICES;

  /** Takes so many indices; false where they are not left. */
  boolean takeIndices(long count) {
    indices -= count;
    return indices >= 0;
  }
}
