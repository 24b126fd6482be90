package io.bitwright.frontend.language.eval;

import io.bitwright.frontend.language.value.Value;
import io.bitwright.ir.diag.DiagnosticException;
import io.bitwright.ir.diag.DiagnosticId;
import io.bitwright.ir.diag.NearestNames;
import io.bitwright.ir.diag.SourceLocation;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Variables of a body, and those of the bodies around it. */
final class Scope {
  private record Variable(Value value, SourceLocation at) {}

  private final Optional<Scope> outer;
  private final Map<String, Variable> variables = new LinkedHashMap<>();

  private Scope(Optional<Scope> outer) {
    this.outer = outer;
  }

  static Scope root() {
    return new Scope(Optional.empty());
  }

  Scope inner() {
    return new Scope(Optional.of(this));
  }

  /** Makes a variable of this body; it may hide one of an outer body. */
  void define(String name, Value value, SourceLocation at) {
    Variable before = variables.putIfAbsent(name, new Variable(value, at));
    if (before != null) {
      throw DiagnosticException.of(DiagnosticId.LANGUAGE_TWICE, at, "name", name, before.at().render());
    }
  }

  /** Gives a variable of this or an outer body another value. */
  void assign(String name, Value value, SourceLocation at) {
    Scope owner = owner(name).orElseThrow(() -> unknown(name, at));
    owner.variables.put(name, new Variable(value, owner.variables.get(name).at()));
  }

  Value get(String name, SourceLocation at) {
    return owner(name).map(s -> s.variables.get(name).value()).orElseThrow(() -> unknown(name, at));
  }

  private Optional<Scope> owner(String name) {
    Optional<Scope> scope = Optional.of(this);
    while (scope.isPresent() && !scope.get().variables.containsKey(name)) {
      scope = scope.get().outer;
    }
    return scope;
  }

  private DiagnosticException unknown(String name, SourceLocation at) {
    Set<String> known = new LinkedHashSet<>();
    for (Optional<Scope> s = Optional.of(this); s.isPresent(); s = s.get().outer) {
      known.addAll(s.get().variables.keySet());
    }
    return DiagnosticException.of(DiagnosticId.LANGUAGE_UNKNOWN_NAME, at, "name", name, NearestNames.nearest(name, known));
  }
}
