package io.bitwright.frontend.language.eval;

import io.bitwright.frontend.language.value.ParameterType;
import io.bitwright.frontend.language.value.Signature;
import io.bitwright.frontend.language.value.Value;
import io.bitwright.ir.diag.DiagnosticException;
import io.bitwright.ir.diag.DiagnosticId;
import io.bitwright.ir.diag.NearestNames;
import io.bitwright.ir.diag.SourceLocation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Gives the arguments of a call to the parameters of what is called. */
final class Binder {
  /** An evaluated argument. */
  record Given(SourceLocation at, Optional<String> name, Value value) {}

  private static final int DEEPEST_LIST = 4;

  private final Signature signature;
  private final SourceLocation at;
  private final Map<String, Value> values = new HashMap<>();
  private final Map<String, SourceLocation> places = new HashMap<>();

  private Binder(Signature signature, SourceLocation at) {
    this.signature = signature;
    this.at = at;
  }

  static Bound bind(Signature signature, SourceLocation at, List<Given> arguments) {
    return new Binder(signature, at).bind(arguments);
  }

  private Bound bind(List<Given> arguments) {
    if (signature.variadic()) {
      gather(arguments);
    } else {
      List<Given> positional = arguments.stream().filter(a -> a.name().isEmpty()).toList();
      int most = (int) signature.parameters().stream().filter(p -> !p.equals(LayerFunctions.NAME)).count();
      if (positional.size() > most) {
        throw wrong(positional.get(most).at(), "takes " + most + " arguments, has " + positional.size());
      }
      for (int i = 0; i < positional.size(); i++) {
        put(signature.parameters().get(i), positional.get(i));
      }
    }
    for (Given given : arguments) {
      given.name().ifPresent(name -> put(parameter(name, given.at()), given));
    }
    for (Signature.Parameter p : signature.parameters()) {
      if (!values.containsKey(p.name())) {
        values.put(p.name(), p.fallback().orElseThrow(() -> wrong(at, "lacks argument '" + p.name() + "'")));
      }
    }
    return new Bound(signature.name(), at, values, places);
  }

  /** All positional arguments form one list; a list among them gives its elements. */
  private void gather(List<Given> arguments) {
    List<Value> all = new ArrayList<>();
    for (Given given : arguments) {
      if (given.name().isEmpty()) {
        flatten(given.value(), 0, all);
      }
    }
    values.put(signature.parameters().get(0).name(), Value.list(all));
  }

  /** Branches of a branch are branches too. */
  private static void flatten(Value value, int depth, List<Value> into) {
    if (value instanceof Value.Items items && depth < DEEPEST_LIST) {
      items.values().forEach(v -> flatten(v, depth + 1, into));
    } else {
      into.add(value);
    }
  }

  private Signature.Parameter parameter(String name, SourceLocation place) {
    return signature.parameter(name).orElseThrow(() -> DiagnosticException.of(DiagnosticId.LANGUAGE_UNKNOWN_NAME,
        place, "argument of " + signature.name(), name, NearestNames.nearest(name, signature.names())));
  }

  private void put(Signature.Parameter parameter, Given given) {
    Value value = accept("argument '" + parameter.name() + "' of " + signature.name(), parameter.type(), given.value(),
        given.at());
    if (values.put(parameter.name(), value) != null) {
      throw wrong(given.at(), "has argument '" + parameter.name() + "' twice");
    }
    places.put(parameter.name(), given.at());
  }

  /** The value as the type has it. */
  static Value accept(String what, ParameterType type, Value value, SourceLocation at) {
    return type.accept(value).orElseThrow(() -> refuse(what, type, value, at));
  }

  private static DiagnosticException refuse(String what, ParameterType type, Value value, SourceLocation at) {
    if (type.kind() == ParameterType.Kind.CHOICE && value instanceof Value.Text text) {
      return DiagnosticException.of(DiagnosticId.LANGUAGE_UNKNOWN_NAME, at, "value of " + what, text.value(),
          NearestNames.nearest(text.value(), type.choices()));
    }
    return DiagnosticException.of(DiagnosticId.LANGUAGE_TYPE, at, what, value.kind(), value, type);
  }

  private DiagnosticException wrong(SourceLocation place, String what) {
    return DiagnosticException.of(DiagnosticId.LANGUAGE_ARGUMENTS, place, signature.name(), what);
  }
}
