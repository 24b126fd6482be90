package io.bitwright.ir.interp;

import io.bitwright.ir.kernel.Kernel;
import io.bitwright.ir.kernel.RowOrder;
import io.bitwright.ir.kernel.Schedule;
import io.bitwright.ir.kernel.Value;
import io.bitwright.ir.memory.MemoryPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Executes a program under its schedule inside its planned memory: the definition of what every back end computes. A
 * plan in which live values overlap changes the bytes. Not thread-safe.
 */
public final class Interpreter {
  private final MemoryPlan plan;
  private final Memory memory;
  private final List<List<RowKernel>> groups;

  /** Binds the kernels to their places in an arena of its own. */
  public Interpreter(MemoryPlan plan) {
    this(plan, new byte[plan.arenaBytes()]);
  }

  /**
   * Binds the kernels to their places.
   *
   * @param arena  at least as large as the plan says; what it holds does not matter
   */
  public Interpreter(MemoryPlan plan, byte[] arena) {
    this.plan = plan;
    this.memory = new Memory(arena);
    this.groups = new ArrayList<>();
    Binder binder = new Binder();
    for (Schedule.Group group : plan.schedule().groups()) {
      groups.add(group.kernels().stream().map(k -> k.accept(binder)).toList());
    }
  }

  /**
   * One inference.
   *
   * @param inputs  raw little-endian elements as the model types them, in the network's order of inputs
   * @param trace  called for each source operator whose tensor exists as a whole, in order of the schedule
   * @return the outputs likewise
   */
  public List<byte[]> run(List<byte[]> inputs, Trace trace) {
    for (int i = 0; i < plan.program().inputs().size(); i++) {
      memory.write(view(plan.program().inputs().get(i)), inputs.get(i));
    }
    plan.program().inputs().forEach(v -> report(v, trace));
    for (int g = 0; g < groups.size(); g++) {
      Schedule.Group group = plan.schedule().groups().get(g);
      List<RowKernel> kernels = groups.get(g);
      Value output = group.last().output();
      for (int n = 0; n < output.n(); n++) {
        int image = n;
        RowOrder.forEach(group, (kernel, y) -> kernels.get(kernel).row(image, y));
      }
      report(output, trace);
    }
    return plan.program().outputs().stream().map(v -> memory.read(view(v))).toList();
  }

  private void report(Value written, Trace trace) {
    if (trace == Trace.NONE) {
      return;
    }
    for (Value value : plan.program().values()) {
      if (value.root() == written.root() && !value.origins().isEmpty()) {
        byte[] raw = memory.read(view(value));
        value.origins().forEach(operator -> trace.output(operator, raw));
      }
    }
  }

  private View view(Value value) {
    return View.of(value, plan.placement(value));
  }

  /** Binds a kernel. */
  private final class Binder implements Kernel.Visitor<RowKernel> {
    private View place(Value value) {
      return plan.ring(value).map(ring -> View.of(value, ring)).orElseGet(() -> view(value));
    }

    @Override
    public RowKernel visit(Kernel.Dot kernel) {
      View in = place(kernel.header().input());
      View out = place(kernel.output());
      return switch (in.value().storage()) {
        case F32 -> new RealDot(kernel, memory, in, out);
        case I16 -> new WideDot(kernel, memory, in, out);
        case I8 -> new IntegerDot(kernel, memory, in, out);
        case I32 -> throw new IllegalStateException("products of " + in.value());
      };
    }

    @Override
    public RowKernel visit(Kernel.Reduce kernel) {
      return new WindowReduce(kernel, memory, place(kernel.header().input()), place(kernel.output()));
    }

    @Override
    public RowKernel visit(Kernel.Map kernel) {
      List<Optional<View>> views = kernel.operands().stream().map(o -> o.value().map(this::place)).toList();
      return new ElementwiseMap(kernel, memory, views, place(kernel.output()));
    }

    @Override
    public RowKernel visit(Kernel.Table kernel) {
      return new TableMap(kernel, memory, place(kernel.header().input()), place(kernel.output()));
    }

    @Override
    public RowKernel visit(Kernel.RowSoftmax kernel) {
      return new PixelSoftmax(kernel, memory, place(kernel.header().input()), place(kernel.output()));
    }

    @Override
    public RowKernel visit(Kernel.Move kernel) {
      List<View> ins = kernel.inputs().stream().map(this::place).toList();
      return new BoxMove(kernel, memory, ins, place(kernel.output()), !plan.elided().contains(kernel));
    }
  }
}
