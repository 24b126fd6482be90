package io.bitwright.frontend.language.build;

import java.io.IOException;

/** A weights file breaks its format; the message says where. */
final class MalformedWeightsException extends IOException {
  private static final long serialVersionUID = 1L;

  MalformedWeightsException(String message) {
    super(message);
  }

  /** The product of dimensions, which must be that of the elements at hand. */
  static void requireElements(String tensor, java.util.List<Long> dims, long elements) throws MalformedWeightsException {
    long product = 1;
    for (long d : dims) {
      if (d < 0 || d > Integer.MAX_VALUE) {
        throw new MalformedWeightsException("tensor '" + tensor + "' has dimension " + d);
      }
      product = Math.min(product * d, Integer.MAX_VALUE + 1L);
    }
    if (product != elements) {
      throw new MalformedWeightsException(
          "tensor '" + tensor + "' of shape " + dims + " has " + elements + " elements");
    }
  }
}
