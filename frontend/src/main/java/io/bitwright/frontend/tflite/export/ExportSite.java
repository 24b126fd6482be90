package io.bitwright.frontend.tflite.export;

import io.bitwright.frontend.tflite.schema.OptionTypes;
import io.bitwright.ir.diag.DiagnosticId;
import io.bitwright.ir.diag.Diagnostics;
import io.bitwright.ir.graph.Node;
import io.bitwright.ir.op.Clamp;
import io.bitwright.ir.op.OpKind;
import io.bitwright.ir.op.Rounding;
import io.bitwright.ir.type.ElementType;
import io.bitwright.ir.type.Shape;
import io.bitwright.ir.type.TensorData;
import io.bitwright.ir.type.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntFunction;

/** One node as its writer sees it: tensors of its operands and result, and what all writers of operators share. */
final class ExportSite {
  private final Node node;
  private final FileContents file;
  private final Map<Node, Integer> tensors;
  private final Diagnostics diagnostics;

  /**
   * A node.
   *
   * @param tensors  of all nodes that are no constants, and of the constants met so far
   */
  ExportSite(Node node, FileContents file, Map<Node, Integer> tensors, Diagnostics diagnostics) {
    this.node = node;
    this.file = file;
    this.tensors = tensors;
    this.diagnostics = diagnostics;
  }

  Node node() {
    return node;
  }

  /** Type of the result. */
  TensorType type() {
    return node.type();
  }

  TensorType operandType(int operand) {
    return node.operand(operand).type();
  }

  /** Says why the node cannot be written; nothing that was written of it counts then. */
  void refuse(String why) {
    diagnostics.report(DiagnosticId.NOT_IN_TFLITE, node.location(), node.name(),
        OpKind.of(node.op()).mnemonic(), why);
  }

  /** Refuses a rounding other than TFLite's where the result is quantised. */
  void requireRounding(Rounding rounding) {
    if (!type().isFloat() && rounding != Rounding.TFLITE) {
      refuse("it rounds as '" + rounding.text() + "' (must be '" + Rounding.TFLITE.text() + "')");
    }
  }

  /** The tensor of an operand, with the operand's own type. */
  int operand(int operand) {
    Node x = node.operand(operand);
    return tensors.computeIfAbsent(x, c -> file.tensor(c.name(), c.type(), Optional.of(c.constant())));
  }

  /** A tensor with the contents of a constant operand, under a type of its own. */
  int operandAs(int operand, TensorType type) {
    Node constant = node.operand(operand);
    return file.tensor(constant.name(), type, Optional.of(constant.constant()));
  }

  int result() {
    return tensors.get(node);
  }

  /** A tensor between two operators that stand for this node. */
  int inserted(String suffix, TensorType type) {
    return file.tensor(node.name() + "/" + suffix, type, Optional.empty());
  }

  /** A constant of the writer's own. */
  int constant(String suffix, TensorType type, TensorData data) {
    return file.tensor(node.name() + "/" + suffix, type, Optional.of(data));
  }

  /** A vector of int32. */
  int integers(String suffix, List<Integer> values) {
    int[] all = values.stream().mapToInt(Integer::intValue).toArray();
    return constant(suffix, TensorType.plain(Shape.of(all.length), ElementType.I32), TensorData.ofInts(all));
  }

  /** Adds an operator whose version depends on its first operand's element type alone. */
  void operator(String name, List<Integer> inputs, int output, Options options) {
    ElementType element = file.tensor(inputs.get(0)).type().element();
    if (!OperatorVersions.exists(name, element)) {
      refuse(name + " takes no int16");
    }
    operator(name, OperatorVersions.of(name, element), inputs, output, options);
  }

  void operator(String name, int version, List<Integer> inputs, int output, Options options) {
    file.operator(name, version, inputs, output, options);
  }

  /** An operator with one operand and no options. */
  void unary(String name, Options options) {
    operator(name, List.of(operand(0)), result(), options);
  }

  /**
   * Adds an operator whose result has limits: by an activation function where one has the same, else by operators
   * behind.
   *
   * @param options  by the number of the fused activation function
   */
  void limited(Clamp clamp, String name, int version, List<Integer> inputs, IntFunction<Options> options) {
    OptionalInt fused = ResultLimits.fused(clamp, type());
    int output = fused.isPresent() ? result() : inserted("unlimited", type());
    operator(name, version, inputs, output, options.apply(fused.orElse(0)));
    if (fused.isEmpty()) {
      limit(output, clamp);
    }
  }

  /** Puts a tensor of the result's type within limits, in codes where it is quantised; the result's tensor is that. */
  void limit(int x, Clamp clamp) {
    Clamp own = ResultLimits.effective(clamp, type());
    Clamp all = ResultLimits.effective(Clamp.NONE, type());
    boolean below = own.hi() < all.hi();
    boolean above = own.lo() > all.lo() || !below;
    int limited = x;
    if (below) {
      limited = above ? inserted("below", type()) : result();
      operator("MINIMUM", List.of(x, scalar("highest", own.hi())), limited, Options.of(OptionTypes.MAXIMUM_MINIMUM));
    }
    if (above) {
      int lowest = scalar("lowest", own.lo());
      operator("MAXIMUM", List.of(limited, lowest), result(), Options.of(OptionTypes.MAXIMUM_MINIMUM));
    }
  }

  /**
   * A constant of one element of the result's element type and quantisation.
   *
   * @param value  a code, or a real where the result is f32
   */
  int scalar(String suffix, double value) {
    TensorData data = type().isFloat() ? TensorData.ofFloats((float) value)
        : TensorData.ofCodes(type().element(), (long) value);
    return constant(suffix, type().withShape(Shape.of(1)), data);
  }

  /** Reshapes a tensor into another. */
  void reshape(int x, int into) {
    Shape shape = file.tensor(into).type().shape();
    if (shape.rank() == 0) {
      // A shape without dimensions would be a constant without bytes, which is none.
      operator("SQUEEZE", List.of(x), into, Options.of(OptionTypes.SQUEEZE));
    } else {
      operator("RESHAPE", List.of(x, integers("shape", shape.dims())), into, Options.of(OptionTypes.RESHAPE));
    }
  }

  /** Pads a tensor by real zero. */
  void pad(int x, List<Integer> before, List<Integer> after, int into) {
    operator("PAD", List.of(x, paddings(before, after)), into, Options.of(OptionTypes.PAD));
  }

  /** The paddings operand of a PAD or PADV2: [rank, 2]. */
  int paddings(List<Integer> before, List<Integer> after) {
    List<Integer> pairs = new ArrayList<>();
    for (int i = 0; i < before.size(); i++) {
      pairs.add(before.get(i));
      pairs.add(after.get(i));
    }
    int[] values = pairs.stream().mapToInt(Integer::intValue).toArray();
    TensorType type = TensorType.plain(Shape.of(before.size(), 2), ElementType.I32);
    return constant("paddings", type, TensorData.ofInts(values));
  }
}
