package io.bitwright.ir.passes;


import io.bitwright.ir.graph.BinaryMeaning;
import io.bitwright.ir.graph.Node;
import io.bitwright.ir.graph.UnaryMeaning;
import io.bitwright.ir.op.Op;
import io.bitwright.ir.scalar.Scalar;
import io.bitwright.ir.scalar.ScalarOverflowException;
import io.bitwright.ir.type.ElementType;
import io.bitwright.ir.type.Shape;
import io.bitwright.ir.type.TensorData;
import io.bitwright.ir.type.TensorType;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A function of 8-bit codes by its 256 results, computed by the operator's own arithmetic.
 *
 * @param in  element type of the argument
 * @param results  of the result's element type; entry i belongs to the i-th smallest argument
 */
record CodeTable(ElementType in, TensorData results) {
  /** The function of a node with one 8-bit operand besides constants; empty for all other nodes. */
  static Optional<CodeTable> of(Node node) {
    try {
      return UnaryMeaning.of(node).map(meaning -> tabulate(meaning, node.operand(0).type(), node.type()));
    } catch (IllegalArgumentException | ScalarOverflowException e) {
      return Optional.empty(); // scales that the operator cannot take: lowering reports them
    }
  }

  private static CodeTable tabulate(Scalar meaning, TensorType in, TensorType out) {
    byte[] raw = UnaryMeaning.tabulate(meaning);
    for (int i = 0; i < raw.length; i++) {
      raw[i] = (byte) (raw[i] + out.storedOffset());
    }
    return new CodeTable(in.element(), TensorData.ofRaw(out.element(), raw));
  }

  /** Every code of a type as it is. */
  static CodeTable identity(ElementType element) {
    byte[] raw = new byte[256];
    for (int i = 0; i < raw.length; i++) {
      raw[i] = (byte) (element.min() + i);
    }
    return new CodeTable(element, TensorData.ofRaw(element, raw));
  }

  /** A sum or product of two functions of one code. */
  static Optional<CodeTable> of(Node node, CodeTable first, CodeTable second) {
    try {
      return BinaryMeaning.of(node).map(meaning -> {
        long[] x0 = first.stored(node.operand(0).type());
        long[] x1 = second.stored(node.operand(1).type());
        return first.followedBy(BinaryMeaning.evaluate(meaning, x0, x1), node.type());
      });
    } catch (IllegalArgumentException | ScalarOverflowException e) {
      return Optional.empty(); // lowering reports them
    }
  }

  private CodeTable followedBy(long[] stored, TensorType out) {
    byte[] raw = new byte[256];
    for (int i = 0; i < raw.length; i++) {
      raw[i] = (byte) (stored[i] + out.storedOffset());
    }
    return new CodeTable(in, TensorData.ofRaw(out.element(), raw));
  }

  private long[] stored(TensorType type) {
    return Arrays.stream(results.codes()).map(code -> code - type.storedOffset()).toArray();
  }

  /** The result for a code. */
  long result(long code) {
    return results.code((int) (code - in.min()));
  }

  /** First this function, then another. */
  CodeTable then(CodeTable next) {
    byte[] raw = new byte[results.elements()];
    for (int i = 0; i < raw.length; i++) {
      raw[i] = (byte) next.result(results.code(i));
    }
    return new CodeTable(in, TensorData.ofRaw(next.results.element(), raw));
  }

  /** What takes a node's place: this table applied to {@code x}. */
  Node replacing(Node node, Node x) {
    String name = node.name() + "/table";
    TensorType type = TensorType.plain(Shape.of(256), results.element());
    Op.Constant contents = new Op.Constant(name, results);
    Node table = new Node(contents, List.of(), type, name, node.location(), List.of());
    return node.replacedBy(new Op.Table(), List.of(x, table), node.type());
  }

  /** Whether every code is its own result. */
  boolean isIdentity() {
    for (int i = 0; i < results.elements(); i++) {
      if (results.code(i) != in.min() + i) {
        return false;
      }
    }
    return true;
  }
}
