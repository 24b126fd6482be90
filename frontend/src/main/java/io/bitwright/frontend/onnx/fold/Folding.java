package io.bitwright.frontend.onnx.fold;

import static java.util.Map.entry;

import io.bitwright.frontend.onnx.fold.Arithmetic.Binary;
import io.bitwright.frontend.onnx.proto.TensorContents;
import io.bitwright.frontend.onnx.tensor.Array;
import io.bitwright.ir.type.ElementType;
import io.bitwright.ir.type.TensorData;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** The operators that are computed at import where all of their operands are known. */
public final class Folding {
  /** What folding sees of an operator: its attributes, the version of its set, operands (absent where left out). */
  public record Call(Attributes attributes, long opset, List<Optional<Array>> operands, int outputs) {
    Array x(int operand) {
      return optional(operand)
          .orElseThrow(() -> new IllegalArgumentException("operand " + operand + " is missing"));
    }

    Optional<Array> optional(int operand) {
      return operand < operands.size() ? operands.get(operand) : Optional.empty();
    }

    /** Integers that are an attribute in old versions and an operand in new ones. */
    long[] integers(String attribute, int operand) {
      Optional<List<Long>> listed = attributes.integers(attribute);
      return listed.isPresent() ? listed.get().stream().mapToLong(v -> v).toArray()
          : optional(operand).map(Array::integers).orElse(new long[0]);
    }
  }

  private interface Function {
    Array of(Call call);
  }

  private static final Map<String, Function> BY_NAME = Map.ofEntries(
      binary("Add", Binary.ADD), binary("Sub", Binary.SUB), binary("Mul", Binary.MUL), binary("Div", Binary.DIV),
      binary("Min", Binary.MIN), binary("Max", Binary.MAX), binary("Pow", Binary.POW), binary("Mod", Binary.MOD),
      binary("Equal", Binary.EQUAL), binary("Less", Binary.LESS), binary("Greater", Binary.GREATER),
      binary("And", Binary.AND), binary("Or", Binary.OR),
      entry("Neg", c -> Arithmetic.unary(v -> -v, c.x(0))),
      entry("Abs", c -> Arithmetic.unary(Math::abs, c.x(0))),
      entry("Floor", c -> Arithmetic.unary(Math::floor, c.x(0))),
      entry("Ceil", c -> Arithmetic.unary(Math::ceil, c.x(0))),
      entry("Sqrt", c -> Arithmetic.unary(Math::sqrt, c.x(0))),
      entry("Exp", c -> Arithmetic.unary(Math::exp, c.x(0))),
      entry("Log", c -> Arithmetic.unary(Math::log, c.x(0))),
      entry("Reciprocal", c -> Arithmetic.unary(v -> 1 / v, c.x(0))),
      entry("Not", c -> Arithmetic.unary(v -> v == 0 ? 1 : 0, c.x(0))),
      entry("Where", c -> Arithmetic.where(c.x(0), c.x(1), c.x(2))),
      entry("Cast", c -> Arithmetic.cast(c.x(0), TensorContents.type((int) c.attributes().integer("to", 0)))),
      entry("Range", c -> Arithmetic.range(c.x(0), c.x(1), c.x(2))),
      entry("DequantizeLinear", c -> Quantizing.of(c).dequantized()),
      entry("QuantizeLinear", c -> Quantizing.of(c).quantized(c)),
      entry("Identity", c -> c.x(0)),
      entry("Concat", Folding::concat),
      entry("Gather", Folding::gather),
      entry("Slice", Folding::slice),
      entry("Transpose", Folding::transpose),
      entry("Reshape", c -> c.x(0).reshaped(Shapes.reshaped(c.x(0), c.integers("shape", 1),
          c.attributes().integer("allowzero", 0) != 0))),
      entry("Squeeze", Folding::squeeze),
      entry("Unsqueeze", c -> c.x(0).reshaped(Shapes.unsqueezed(c.x(0).dims(), list(c.integers("axes", 1))))),
      entry("Expand", c -> c.x(0).picked(Shapes.broadcast(c.x(0).dims(), Shapes.checked(list(c.x(1).integers()))),
          c.x(0).broadcast(Shapes.broadcast(c.x(0).dims(), Shapes.checked(list(c.x(1).integers())))))),
      entry("ReduceProd", Folding::product));

  private Folding() {}

  private static Map.Entry<String, Function> binary(String name, Binary function) {
    return entry(name, c -> {
      Array result = c.x(0);
      for (int i = 1; i < c.operands().size(); i++) {
        result = Arithmetic.binary(function, result, c.x(i));
      }
      return result;
    });
  }

  /** Whether an operator can be computed at import. */
  public static boolean knows(String operator) {
    return BY_NAME.containsKey(operator);
  }

  public static SortedSet<String> names() {
    return new TreeSet<>(BY_NAME.keySet());
  }

  /**
   * The operator's only result.
   *
   * @throws IllegalArgumentException where it makes no sense
   */
  public static Array fold(String operator, Call call) {
    return BY_NAME.get(operator).of(call);
  }

  private static List<Long> list(long[] values) {
    return IntStream.range(0, values.length).mapToObj(i -> values[i]).toList();
  }

  /** Reals of codes, with one scale or one for each index of an axis; they remember their codes. */
  public static Array dequantized(Array codes, Array scale, Optional<Array> zeroPoint, int axis) {
    return new Quantizing(codes, scale, zeroPoint.orElseGet(() -> Quantizing.zeros(scale)), axis, 0).dequantized();
  }

  private static Array concat(Call call) {
    List<Array> parts = IntStream.range(0, call.operands().size()).mapToObj(call::x).toList();
    return concatenated(parts, Shapes.axis(call.attributes().integer("axis", 1), parts.get(0).rank()));
  }

  /** Arrays of one type joined along an axis. */
  static Array concatenated(List<Array> parts, int axis) {
    List<Integer> shape = new ArrayList<>(parts.get(0).dims());
    int total = 0;
    for (Array part : parts) {
      List<Integer> others = new ArrayList<>(part.dims());
      if (part.rank() == shape.size()) {
        total = Math.addExact(total, others.get(axis));
        others.set(axis, shape.get(axis));
      }
      if (!others.equals(shape) || part.type() != parts.get(0).type()) {
        throw new IllegalArgumentException("it joins " + parts.get(0).type().text() + Shapes.text(shape) + " and "
            + part.type().text() + Shapes.text(part.dims()));
      }
    }
    shape.set(axis, total);
    List<Integer> whole = Shapes.checked(shape.stream().map(d -> (long) d).toList());
    ElementType element = parts.get(0).data().element();
    byte[] joined = new byte[whole.stream().reduce(1, Math::multiplyExact) * element.sizeBytes()];
    int outer = whole.subList(0, axis).stream().reduce(1, Math::multiplyExact);
    int at = 0;
    for (int o = 0; o < outer; o++) {
      for (Array part : parts) {
        int run = part.data().sizeBytes() / outer;
        part.data().view().get(o * run, joined, at, run);
        at += run;
      }
    }
    return new Array("", parts.get(0).type(), whole, TensorData.ofRaw(element, joined));
  }

  private static Array gather(Call call) {
    Array x = call.x(0);
    Array indices = call.x(1);
    int axis = Shapes.axis(call.attributes().integer("axis", 0), x.rank());
    int size = x.dims().get(axis);
    int[] strides = Array.strides(x.dims());
    List<Integer> outer = x.dims().subList(0, axis);
    List<Integer> inner = x.dims().subList(axis + 1, x.rank());
    List<Long> shape = new ArrayList<>();
    outer.forEach(d -> shape.add((long) d));
    indices.dims().forEach(d -> shape.add((long) d));
    inner.forEach(d -> shape.add((long) d));
    List<Integer> dims = Shapes.checked(shape);
    int[] rows = Array.positions(outer, strides, 0);
    int run = inner.stream().reduce(1, Math::multiplyExact);
    int[] positions = new int[dims.stream().reduce(1, Math::multiplyExact)];
    int at = 0;
    for (int row : rows) {
      for (long index : indices.integers()) {
        int from = row + Shapes.axis(index, size) * strides[axis];
        for (int i = 0; i < run; i++) {
          positions[at++] = from + i;
        }
      }
    }
    return x.picked(dims, positions);
  }

  private static Array slice(Call call) {
    return Shapes.sliced(call.x(0), Shapes.ranges(call.x(0).dims(), call.integers("starts", 1),
        call.integers("ends", 2), call.integers("axes", 3), call.optional(4).map(Array::integers).orElse(new long[0])));
  }

  private static Array transpose(Call call) {
    Array x = call.x(0);
    List<Long> reversed = IntStream.range(0, x.rank()).mapToObj(d -> (long) x.rank() - 1 - d).toList();
    List<Integer> order = call.attributes().integers("perm").orElse(reversed).stream()
        .map(d -> Shapes.axis(d, x.rank())).toList();
    if (order.stream().distinct().count() != x.rank()) {
      throw new IllegalArgumentException("perm " + order + " does not name each dimension once");
    }
    return x.transposed(order);
  }

  private static Array squeeze(Call call) {
    Array x = call.x(0);
    List<Long> axes = list(call.integers("axes", 1));
    List<Integer> ones = IntStream.range(0, x.rank()).filter(d -> x.dims().get(d) == 1).boxed().toList();
    return x.reshaped(Shapes.squeezed(x.dims(), axes.isEmpty() ? ones : Shapes.axes(axes, x.rank())));
  }

  /** Over all dimensions: that is how exporters multiply the sizes of a shape. */
  private static Array product(Call call) {
    Array x = call.x(0);
    long[] axes = call.integers("axes", 1);
    boolean keep = call.attributes().integer("keepdims", 1) != 0;
    if (x.rank() > 1 || axes.length > 1) {
      throw new IllegalArgumentException("ReduceProd is computed for vectors only");
    }
    long product = 1;
    for (long value : x.integers()) {
      product *= value;
    }
    return Array.of("", x.type(), keep && x.rank() == 1 ? List.of(1) : List.of(), product);
  }
}
