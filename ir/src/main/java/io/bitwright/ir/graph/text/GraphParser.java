package io.bitwright.ir.graph.text;

import io.bitwright.ir.diag.Diagnostic;
import io.bitwright.ir.diag.DiagnosticException;
import io.bitwright.ir.diag.SourceLocation;
import io.bitwright.ir.graph.Graph;
import io.bitwright.ir.graph.Node;
import io.bitwright.ir.op.Op;
import io.bitwright.ir.op.OpKind;
import io.bitwright.ir.type.TensorData;
import io.bitwright.ir.type.TensorType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads the text form (grammar in docs/ir.md). Any text gives a graph or a {@link DiagnosticException} with all faulty
 * statements; what it reads is well-formed, not yet verified.
 */
public final class GraphParser {
  private static final int MOST_ERRORS = 50;

  private final TextScanner scanner;
  private final String file;
  private final Map<String, TensorData> pool;
  private final Map<String, Node> nodes = new HashMap<>();
  private final Set<String> faulty = new HashSet<>();
  private final List<Node> inputs = new ArrayList<>();
  private final List<Diagnostic> errors = new ArrayList<>();

  private GraphParser(String file, String text, Map<String, TensorData> pool) {
    this.scanner = new TextScanner(file, text);
    this.file = file;
    this.pool = pool;
  }

  /** A text that needs no pool. */
  public static Graph parse(String text) {
    return parse("", text, Map.of());
  }

  /**
   * The graph.
   *
   * @param file  the text's name in messages; where it is not empty, a node without a {@code loc} is located at its
   *     statement
   * @param pool  constants by name
   */
  public static Graph parse(String file, String text, Map<String, TensorData> pool) {
    return new GraphParser(file, text, pool).graph();
  }

  /** Ends a statement that uses a faulty one: said already. */
  private static final class Faulty extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Faulty() {
      super("", null, false, false);
    }
  }

  private Graph graph() {
    scanner.expectWord("graph");
    scanner.expect('@');
    String name = scanner.at('"') ? scanner.quoted("a name") : scanner.word("a name");
    scanner.expect('{');
    List<Node> outputs = new ArrayList<>();
    while (!scanner.atEnd() && !scanner.at('}') && errors.size() < MOST_ERRORS) {
      attempt(outputs);
    }
    if (!errors.isEmpty()) {
      throw new DiagnosticException(errors);
    }
    scanner.expect('}');
    if (!scanner.atEnd()) {
      throw scanner.syntax(scanner.position(), "text after the end of the graph");
    }
    return new Graph(name, inputs, outputs);
  }

  private void attempt(List<Node> outputs) {
    int start = scanner.position();
    try {
      if (scanner.takeWord("return")) {
        returned(outputs);
      } else {
        statement();
      }
    } catch (DiagnosticException e) {
      errors.addAll(e.diagnostics());
      scanner.recover(start);
    } catch (Faulty e) {
      scanner.recover(start);
    }
  }

  private void returned(List<Node> outputs) {
    outputs.addAll(operands());
    if (!scanner.at('}')) {
      throw scanner.syntax(scanner.position(), "expected '}' after the returned values");
    }
  }

  private void statement() {
    int at = scanner.position();
    scanner.expect('%');
    String name = scanner.word("the name of a value");
    if (nodes.containsKey(name)) {
      throw scanner.syntax(at, "value '%" + name + "' is defined twice");
    }
    faulty.add(name);
    scanner.expect('=');
    OpKind kind = kind();
    ConstantText.Content content = kind == OpKind.CONSTANT ? ConstantText.read(scanner, pool) : type -> null;
    List<Node> operands = operands();
    Attributes attributes = Attributes.read(scanner);
    scanner.expect(':');
    TensorType type = TypeText.read(scanner, pool);
    String tensor = scanner.at('"') ? scanner.quoted("a name") : "";
    Op op = op(at, kind, attributes, operands, () -> new Op.Constant(attributes.text("name", tensor), content.of(type)));
    List<Integer> origins = scanner.takeWord("origins") ? origins() : List.of();
    SourceLocation location = scanner.takeWord("loc") ? location() : defaultLocation(at);
    Node node = new Node(op, operands, type, tensor, location, origins);
    nodes.put(name, node);
    faulty.remove(name);
    if (op instanceof Op.Input) {
      inputs.add(node);
    }
  }

  private OpKind kind() {
    int at = scanner.position();
    String mnemonic = scanner.word("an operator");
    for (OpKind kind : OpKind.values()) {
      if (kind.mnemonic().equals(mnemonic)) {
        return kind;
      }
    }
    throw scanner.unknown(at, "operator", mnemonic);
  }

  private List<Node> operands() {
    List<Node> operands = new ArrayList<>();
    if (scanner.at('%')) {
      do {
        operands.add(operand());
      } while (scanner.take(','));
    }
    return operands;
  }

  private Node operand() {
    int at = scanner.position();
    scanner.expect('%');
    String name = scanner.word("the name of a value");
    if (faulty.contains(name)) {
      throw new Faulty();
    }
    Node node = nodes.get(name);
    if (node == null) {
      throw scanner.unknown(at, "value", "%" + name);
    }
    return node;
  }

  private Op op(int at, OpKind kind, Attributes attributes, List<Node> operands,
      java.util.function.Supplier<Op> constant) {
    try {
      Op op = kind == OpKind.CONSTANT ? constant.get() : OpReader.read(kind, attributes, operands);
      attributes.requireNoneLeft();
      return op;
    } catch (IllegalArgumentException e) {
      throw scanner.syntax(at, e.getMessage());
    }
  }

  private List<Integer> origins() {
    scanner.expect('=');
    scanner.expect('[');
    List<Integer> origins = new ArrayList<>();
    do {
      origins.add(scanner.integer("the index of an operator"));
    } while (scanner.take(','));
    scanner.expect(']');
    return origins;
  }

  private SourceLocation location() {
    scanner.expect('(');
    String source = scanner.quoted("a file");
    scanner.expect(':');
    int line = 0;
    int column = 0;
    if (!scanner.at('"')) {
      line = scanner.digits("a line");
      scanner.expect(':');
      column = scanner.digits("a column");
      scanner.expect(':');
    }
    String node = scanner.quoted("a node");
    scanner.expect(')');
    return new SourceLocation(source, line, column, node);
  }

  private SourceLocation defaultLocation(int at) {
    return file.isEmpty() ? SourceLocation.NONE : scanner.locate(at);
  }
}
