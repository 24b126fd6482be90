package io.bitwright.frontend.language.value;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The values a parameter takes.
 *
 * @param kind  the kind of value
 * @param choices  the texts of a {@link Kind#CHOICE}, else empty
 */
public record ParameterType(Kind kind, List<String> choices) {
  /** Kinds of parameters. */
  public enum Kind { INT, REAL, BOOL, STRING, LIST, TENSOR, CHOICE, ANY }

  public static final ParameterType INT = new ParameterType(Kind.INT, List.of());
  public static final ParameterType REAL = new ParameterType(Kind.REAL, List.of());
  public static final ParameterType BOOL = new ParameterType(Kind.BOOL, List.of());
  public static final ParameterType STRING = new ParameterType(Kind.STRING, List.of());
  public static final ParameterType LIST = new ParameterType(Kind.LIST, List.of());
  public static final ParameterType TENSOR = new ParameterType(Kind.TENSOR, List.of());
  public static final ParameterType ANY = new ParameterType(Kind.ANY, List.of());
  /** Names that a description may write after a colon. */
  public static final List<String> NAMES = List.of("int", "real", "bool", "string", "list", "tensor", "any");

  public ParameterType {
    choices = List.copyOf(choices);
  }

  public static ParameterType choice(List<String> choices) {
    return new ParameterType(Kind.CHOICE, choices);
  }

  /** The type of a name in a description. */
  public static Optional<ParameterType> named(String name) {
    return NAMES.contains(name)
        ? Optional.of(new ParameterType(Kind.valueOf(name.toUpperCase(java.util.Locale.ROOT)), List.of()))
        : Optional.empty();
  }

  /** The value as this type has it (an integer becomes a real), or nothing if it is of another type. */
  public Optional<Value> accept(Value value) {
    boolean fits = switch (kind) {
      case INT -> value instanceof Value.Int;
      case REAL -> value instanceof Value.Real || value instanceof Value.Int;
      case BOOL -> value instanceof Value.Bool;
      case STRING -> value instanceof Value.Text;
      case LIST -> value instanceof Value.Items;
      case TENSOR -> value instanceof Value.Tensor;
      case CHOICE -> value instanceof Value.Text t && choices.contains(t.value());
      case ANY -> true;
    };
    if (!fits) {
      return Optional.empty();
    }
    return Optional.of(kind == Kind.REAL && value instanceof Value.Int i ? Value.of((double) i.value()) : value);
  }

  /** Reads a value given on the command line. */
  public Optional<Value> parse(String text) {
    try {
      return switch (kind) {
        case INT -> Optional.of(Value.of(Long.parseLong(text)));
        case REAL -> Optional.of(Double.parseDouble(text)).filter(Double::isFinite).map(Value::of);
        case BOOL -> text.equals("true") || text.equals("false")
            ? Optional.of(Value.of(text.equals("true"))) : Optional.empty();
        case STRING -> Optional.of(Value.of(text));
        case CHOICE -> choices.contains(text) ? Optional.of(Value.of(text)) : Optional.empty();
        default -> Optional.empty();
      };
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  @Override
  public String toString() {
    return kind == Kind.CHOICE
        ? choices.stream().map(c -> '"' + c + '"').collect(Collectors.joining(" | "))
        : kind.name().toLowerCase(java.util.Locale.ROOT);
  }
}
