package io.bitwright.frontend.language.value;

import io.bitwright.frontend.language.layer.Layer;
import java.util.List;
import java.util.stream.Collectors;

/** What an expression gives. Immutable. */
public sealed interface Value {
  /** An integer of 64 bits; arithmetic that leaves them is an error. */
  record Int(long value) implements Value {
    @Override
    public String toString() {
      return Long.toString(value);
    }
  }

  /** A finite real. */
  record Real(double value) implements Value {
    @Override
    public String toString() {
      return Double.toString(value);
    }
  }

  /** A truth value. */
  record Bool(boolean value) implements Value {
    @Override
    public String toString() {
      return Boolean.toString(value);
    }
  }

  /** A text, as names of variants and activations are. */
  record Text(String value) implements Value {
    @Override
    public String toString() {
      return '"' + value + '"';
    }
  }

  /**
   * Values in order.
   *
   * @param names  the elements' names where this is a row of a table, else empty
   */
  record Items(List<Value> values, List<String> names) implements Value {
    public Items {
      values = List.copyOf(values);
      names = List.copyOf(names);
    }

    @Override
    public String toString() {
      return values.stream().map(v -> v instanceof Items ? "[..]" : v.toString())
          .collect(Collectors.joining(", ", "[", "]"));
    }
  }

  /** Whole numbers from one up to, not including, another. */
  record Range(long from, long to) implements Value {
    @Override
    public String toString() {
      return from + ".." + to;
    }
  }

  /** A feature map. */
  record Tensor(Layer layer) implements Value {
    @Override
    public String toString() {
      return layer.shape().toString();
    }
  }

  /** The type's name for messages. */
  default String kind() {
    if (this instanceof Int) {
      return "int";
    } else if (this instanceof Real) {
      return "real";
    } else if (this instanceof Bool) {
      return "bool";
    } else if (this instanceof Text) {
      return "string";
    } else if (this instanceof Items) {
      return "list";
    } else if (this instanceof Range) {
      return "range";
    }
    return "tensor";
  }

  static Value of(long value) {
    return new Int(value);
  }

  static Value of(double value) {
    return new Real(value);
  }

  static Value of(boolean value) {
    return new Bool(value);
  }

  static Value of(String value) {
    return new Text(value);
  }

  static Value list(List<Value> values) {
    return new Items(values, List.of());
  }
}
