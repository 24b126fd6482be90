package io.bitwright.frontend.language.eval;

import io.bitwright.frontend.language.value.Signature;
import io.bitwright.frontend.language.value.Value;

/**
 * A function that the language has.
 *
 * @param sentence  what it does, for docs/language.md
 */
record BuiltIn(Signature signature, String sentence, Body body) {
  /** Computes the result of a call. */
  interface Body {
    Value call(Bound arguments, NetworkBuilder network);
  }
}
