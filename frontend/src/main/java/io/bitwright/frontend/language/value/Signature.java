package io.bitwright.frontend.language.value;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What a block, a built-in function or a network can be called with.
 *
 * @param name  its name
 * @param parameters  in order
 * @param variadic  whether the first parameter takes all positional arguments, as a list
 */
public record Signature(String name, List<Parameter> parameters, boolean variadic) {
  /**
   * One parameter.
   *
   * @param fallback  its value where none is given; empty if it must be given
   */
  public record Parameter(String name, ParameterType type, Optional<Value> fallback) {}

  public Signature {
    parameters = List.copyOf(parameters);
  }

  public static Signature of(String name, Parameter... parameters) {
    return new Signature(name, Arrays.asList(parameters), false);
  }

  public static Parameter required(String name, ParameterType type) {
    return new Parameter(name, type, Optional.empty());
  }

  public static Parameter optional(String name, ParameterType type, Value fallback) {
    return new Parameter(name, type, Optional.of(fallback));
  }

  public Optional<Parameter> parameter(String wanted) {
    return parameters.stream().filter(p -> p.name().equals(wanted)).findFirst();
  }

  public List<String> names() {
    return parameters.stream().map(Parameter::name).toList();
  }
}
