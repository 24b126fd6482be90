package io.bitwright.frontend.language.eval;

import io.bitwright.frontend.language.layer.Layer;
import io.bitwright.frontend.language.value.Value;
import io.bitwright.ir.diag.DiagnosticException;
import io.bitwright.ir.diag.DiagnosticId;
import io.bitwright.ir.diag.SourceLocation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The arguments of one call, each with a value of its parameter's type and the place it was written at.
 *
 * @param function  what is called
 * @param at  where
 * @param values  by parameter name
 * @param places  by parameter name; the call's own for defaults
 */
record Bound(String function, SourceLocation at, Map<String, Value> values, Map<String, SourceLocation> places) {
  Value value(String name) {
    return values.get(name);
  }

  SourceLocation place(String name) {
    return places.getOrDefault(name, at);
  }

  boolean flag(String name) {
    return ((Value.Bool) value(name)).value();
  }

  String text(String name) {
    return ((Value.Text) value(name)).value();
  }

  double real(String name) {
    Value value = value(name);
    return value instanceof Value.Int i ? i.value() : ((Value.Real) value).value();
  }

  /** An integer within limits. */
  int integer(String name, int min, int max) {
    return within(name, ((Value.Int) value(name)).value(), min, max);
  }

  private int within(String name, long value, int min, int max) {
    if (value < min || value > max) {
      throw range(name, String.valueOf(value), value < min ? "at least " + min : "at most " + max);
    }
    return (int) value;
  }

  /** One integer for both directions, or a list of height and width. */
  int[] pair(String name, int min, int max) {
    Value value = value(name);
    if (value instanceof Value.Int i) {
      int both = within(name, i.value(), min, max);
      return new int[] {both, both};
    }
    List<Integer> two = integers(name, 2, min, max);
    return new int[] {two.get(0), two.get(1)};
  }

  /** A list of so many integers. */
  List<Integer> integers(String name, int count, int min, int max) {
    List<Integer> all = new ArrayList<>();
    if (value(name) instanceof Value.Items items && items.values().size() == count) {
      for (Value v : items.values()) {
        if (!(v instanceof Value.Int i)) {
          throw wrongType(name, count);
        }
        all.add(within(name, i.value(), min, max));
      }
      return all;
    }
    throw wrongType(name, count);
  }

  private DiagnosticException wrongType(String name, int count) {
    Value value = value(name);
    String one = count == 2 ? "an int or " : "";
    return DiagnosticException.of(DiagnosticId.LANGUAGE_TYPE, place(name), "argument '" + name + "' of " + function,
        value.kind(), value, one + "a list of " + count + " ints");
  }

  Layer tensor(String name) {
    return ((Value.Tensor) value(name)).layer();
  }

  /** A feature map with height and width. */
  Layer image(String name) {
    Layer layer = tensor(name);
    if (layer.shape().rank() != 4) {
      throw shapes("takes an image, '" + name + "' has shape " + layer.shape());
    }
    return layer;
  }

  DiagnosticException range(String name, String value, String must) {
    return DiagnosticException.of(
        DiagnosticId.LANGUAGE_RANGE, place(name), "argument '" + name + "' of " + function, value, must);
  }

  DiagnosticException shapes(String what) {
    return DiagnosticException.of(DiagnosticId.LANGUAGE_SHAPES, at, function, what);
  }
}
