package io.bitwright.frontend.language.eval;

import io.bitwright.frontend.language.syntax.Expr;
import io.bitwright.frontend.language.syntax.SourceFile.Definition;
import io.bitwright.frontend.language.syntax.SourceFile.Parameter;
import io.bitwright.frontend.language.value.Signature;
import io.bitwright.frontend.language.value.Value;
import io.bitwright.ir.diag.DiagnosticException;
import io.bitwright.ir.diag.DiagnosticId;
import io.bitwright.ir.diag.SourceLocation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Calls built-in functions and blocks. */
final class Calls {
  private final Definitions definitions;
  private final NetworkBuilder network;
  private final Expressions expressions;
  private final Statements statements;
  private final Scope constants = Scope.root();
  private final List<String> active = new ArrayList<>();

  Calls(Definitions definitions, NetworkBuilder network) {
    this.definitions = definitions;
    this.network = network;
    this.expressions = new Expressions(network, this);
    this.statements = new Statements(network, expressions);
    SourceLocation language = new SourceLocation("the language itself", 0, 0, "");
    constants.define(Windows.SAME, Value.of(Windows.SAME), language);
    constants.define(Windows.VALID, Value.of(Windows.VALID), language);
    for (Definition.Constant c : definitions.constants()) {
      constants.define(c.name(), expressions.evaluate(c.value(), constants), c.at());
    }
  }

  Scope constants() {
    return constants;
  }

  Expressions expressions() {
    return expressions;
  }

  Value call(Expr.Call call, List<Binder.Given> given) {
    Optional<BuiltIn> builtIn = BuiltIns.find(call.function());
    if (builtIn.isPresent()) {
      return builtIn.get().body().call(Binder.bind(builtIn.get().signature(), call.at(), given), network);
    }
    Definition.Block block = definitions.block(call.function(), call.at());
    if (active.contains(block.name())) {
      throw DiagnosticException.of(DiagnosticId.LANGUAGE_RECURSION, call.at(), "block '" + block.name() + "'",
          String.join(" > ", active) + " > " + block.name());
    }
    if (active.size() >= Limits.CALLS) {
      throw DiagnosticException.of(DiagnosticId.LANGUAGE_TOO_DEEP, call.at(), "nesting of calls", Limits.CALLS);
    }
    Bound bound = Binder.bind(definitions.signature(block, expressions, constants), call.at(), given);
    network.enter(block.name(), bound.value("name") instanceof Value.Text t ? t.value() : "", call.at());
    active.add(block.name());
    Value result = run(block, bound);
    active.remove(active.size() - 1);
    network.leave();
    return result;
  }

  /** Runs the body of a block or network with its arguments. */
  Value run(Definition.Block block, Bound bound) {
    Scope scope = constants.inner();
    for (Parameter p : block.parameters()) {
      scope.define(p.name(), bound.value(p.name()), p.at());
    }
    return statements.run(block.body(), scope).orElseThrow(() -> DiagnosticException.of(DiagnosticId.LANGUAGE_RESULT,
        block.end(), (block.network() ? "network '" : "block '") + block.name() + "'", "ends without a return"));
  }

  /** A built-in function of two tensors. */
  Value onTensors(String function, Value x, Value y, SourceLocation at) {
    BuiltIn builtIn = BuiltIns.find(function).orElseThrow();
    List<Binder.Given> given =
        List.of(new Binder.Given(at, Optional.empty(), x), new Binder.Given(at, Optional.empty(), y));
    Signature signature = builtIn.signature();
    return builtIn.body().call(Binder.bind(signature, at, given), network);
  }
}
