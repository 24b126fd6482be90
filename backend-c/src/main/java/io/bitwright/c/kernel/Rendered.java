package io.bitwright.c.kernel;

import io.bitwright.c.scalar.ScalarFunction;
import java.util.List;

/**
 * A kernel's C text.
 *
 * @param functions  scalar functions that the text calls, to stand before it
 * @param text  the kernel's own function
 */
public record Rendered(Frame frame, List<ScalarFunction> functions, String text) {
  public Rendered {
    functions = List.copyOf(functions);
  }
}
