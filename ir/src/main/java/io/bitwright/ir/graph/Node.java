package io.bitwright.ir.graph;

import io.bitwright.ir.diag.SourceLocation;
import io.bitwright.ir.op.Op;
import io.bitwright.ir.type.TensorData;
import io.bitwright.ir.type.TensorType;
import java.util.List;
import java.util.Objects;

/**
 * One operator applied to operands, and the tensor it gives. Identity equality; immutable.
 *
 * <p>{@code origins} are the indices of the source file's operators whose output tensor has exactly this node's
 * elements; a rewrite keeps them where that stays true.
 */
public final class Node {
  private final Op op;
  private final List<Node> operands;
  private final TensorType type;
  private final String name;
  private final SourceLocation location;
  private final List<Integer> origins;

  public Node(
      Op op, List<Node> operands, TensorType type, String name, SourceLocation location, List<Integer> origins) {
    this.op = Objects.requireNonNull(op);
    this.operands = List.copyOf(operands);
    this.type = Objects.requireNonNull(type);
    this.name = Objects.requireNonNull(name);
    this.location = Objects.requireNonNull(location);
    this.origins = origins.stream().sorted().distinct().toList();
  }

  public Op op() {
    return op;
  }

  public List<Node> operands() {
    return operands;
  }

  public Node operand(int index) {
    return operands.get(index);
  }

  /** Type of the result. */
  public TensorType type() {
    return type;
  }

  /** The tensor's name in the source: untrusted text, for readers only. */
  public String name() {
    return name;
  }

  public SourceLocation location() {
    return location;
  }

  public List<Integer> origins() {
    return origins;
  }

  public boolean isConstant() {
    return op instanceof Op.Constant;
  }

  /** The contents of a constant node. */
  public TensorData constant() {
    if (op instanceof Op.Constant c) {
      return c.data();
    }
    throw new IllegalStateException(name + " is not a constant");
  }

  /** The same node on other operands. */
  public Node withOperands(List<Node> others) {
    return others.equals(operands) ? this : new Node(op, others, type, name, location, origins);
  }

  /** A node that takes this one's place: it keeps name, location and origins. */
  public Node replacedBy(Op newOp, List<Node> newOperands, TensorType newType) {
    return new Node(newOp, newOperands, newType, name, location, origins);
  }

  /** This node standing for further source operators too. */
  public Node withOrigins(List<Integer> others) {
    return new Node(op, operands, type, name, location, others);
  }
}
