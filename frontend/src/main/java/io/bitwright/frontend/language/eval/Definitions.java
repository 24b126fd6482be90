package io.bitwright.frontend.language.eval;

import io.bitwright.frontend.language.syntax.SourceFile;
import io.bitwright.frontend.language.syntax.SourceFile.Definition;
import io.bitwright.frontend.language.value.Signature;
import io.bitwright.ir.diag.DiagnosticException;
import io.bitwright.ir.diag.DiagnosticId;
import io.bitwright.ir.diag.NearestNames;
import io.bitwright.ir.diag.SourceLocation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The constants and blocks of a file and all that it imports: one space of names. */
final class Definitions {
  private final Map<String, Definition.Block> blocks = new LinkedHashMap<>();
  private final Map<String, Signature> signatures = new LinkedHashMap<>();
  private final List<Definition.Constant> constants = new ArrayList<>();
  private final Map<String, SourceLocation> places = new LinkedHashMap<>();

  /**
   * Collects definitions.
   *
   * @param files  imported files before those that import them; the last one has the network
   */
  static Definitions of(List<SourceFile> files) {
    Definitions all = new Definitions();
    files.forEach(f -> f.definitions().forEach(all::add));
    return all;
  }

  private void add(Definition definition) {
    boolean network = definition instanceof Definition.Block b && b.network();
    if (network) {
      return;
    }
    SourceLocation before = places.putIfAbsent(definition.name(), definition.at());
    if (before != null || BuiltIns.find(definition.name()).isPresent()) {
      String where = before == null ? "the language itself" : before.render();
      throw DiagnosticException.of(DiagnosticId.LANGUAGE_TWICE, definition.at(), "name", definition.name(), where);
    }
    if (definition instanceof Definition.Block block) {
      blocks.put(block.name(), block);
    } else {
      constants.add((Definition.Constant) definition);
    }
  }

  List<Definition.Constant> constants() {
    return constants;
  }

  Definition.Block block(String name, SourceLocation at) {
    Definition.Block block = blocks.get(name);
    if (block == null) {
      List<String> known = new ArrayList<>(blocks.keySet());
      BuiltIns.all().forEach(f -> known.add(f.signature().name()));
      throw DiagnosticException.of(
          DiagnosticId.LANGUAGE_UNKNOWN_NAME, at, "function", name, NearestNames.nearest(name, known));
    }
    return block;
  }

  boolean isBlock(String name) {
    return blocks.containsKey(name);
  }

  /** The signature of a block, its defaults evaluated once. */
  Signature signature(Definition.Block block, Expressions expressions, Scope constantsScope) {
    Signature known = signatures.get(block.name());
    if (known == null) {
      known = signatureOf(block, expressions, constantsScope);
      signatures.put(block.name(), known);
    }
    return known;
  }

  static Signature signatureOf(Definition.Block block, Expressions expressions, Scope constantsScope) {
    List<Signature.Parameter> parameters = new ArrayList<>();
    Map<String, SourceLocation> seen = new LinkedHashMap<>();
    for (SourceFile.Parameter p : block.parameters()) {
      SourceLocation before = seen.putIfAbsent(p.name(), p.at());
      if (before != null) {
        throw DiagnosticException.of(DiagnosticId.LANGUAGE_TWICE, p.at(), "parameter", p.name(), before.render());
      }
      parameters.add(new Signature.Parameter(p.name(), p.type(), p.fallback().map(f -> Binder.accept(
          "the default of '" + p.name() + "'", p.type(), expressions.evaluate(f, constantsScope), f.at()))));
    }
    boolean named = seen.containsKey("name");
    if (!named && !block.network()) {
      parameters.add(LayerFunctions.NAME);
    }
    return new Signature(block.name(), parameters, false);
  }
}
