package io.bitwright.conformance;

import io.bitwright.ir.diag.SourceLocation;
import io.bitwright.ir.kernel.Kernel;
import io.bitwright.ir.kernel.Program;
import io.bitwright.ir.kernel.Value;
import io.bitwright.ir.type.ElementType;
import io.bitwright.ir.type.Shape;
import io.bitwright.ir.type.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Assembles a program of int8 values kernel by kernel, without a graph. */
public final class ProgramBuilder {
  private final List<Value> values = new ArrayList<>();
  private final List<Kernel> kernels = new ArrayList<>();
  private final List<Value> inputs = new ArrayList<>();

  /** An input of the network. */
  public Value input(Shape shape) {
    Value value = value(shape, List.of());
    inputs.add(value);
    return value;
  }

  /** Appends a kernel that reads {@code operands} and gives a value of that shape; it is its own source operator. */
  public Value append(String label, List<Value> operands, Shape shape, Function<Kernel.Header, Kernel> kernel) {
    Value output = value(shape, List.of(kernels.size()));
    kernels.add(kernel.apply(new Kernel.Header(label, SourceLocation.NONE, operands, output)));
    return output;
  }

  /** The same elements under another shape. */
  public Value reshaped(Value of, Shape shape) {
    Value alias = Value.alias(values.size(), of, of.name(), shape, of.type().withShape(shape), List.of());
    values.add(alias);
    return alias;
  }

  /** The program, with one output. */
  public Program build(String name, Value output) {
    return new Program(name, values, kernels, inputs, List.of(output));
  }

  private Value value(Shape shape, List<Integer> origins) {
    int id = values.size();
    Value value = new Value(id, "t" + id, shape, TensorType.plain(shape, ElementType.I8), origins);
    values.add(value);
    return value;
  }
}
