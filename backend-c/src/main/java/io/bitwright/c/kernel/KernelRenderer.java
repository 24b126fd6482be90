package io.bitwright.c.kernel;

import io.bitwright.c.scalar.Intrinsics;
import io.bitwright.ir.kernel.Kernel;
import io.bitwright.ir.kernel.Kernel.Connection;
import io.bitwright.ir.kernel.Schedule;
import io.bitwright.ir.kernel.Storage;
import io.bitwright.ir.kernel.Value;
import io.bitwright.ir.memory.MemoryPlan;
import java.util.List;
import java.util.stream.IntStream;

/** Renders the kernels of a plan; picks the loop nest by the kernel's family, types and shapes. */
public final class KernelRenderer {
  private final String network;
  private final MemoryPlan plan;
  private final Constants constants;
  private final Intrinsics intrinsics;

  /**
   * Prepares.
   *
   * @param network  a C identifier: the beginning of every name
   */
  public KernelRenderer(String network, MemoryPlan plan, Constants constants, Intrinsics intrinsics) {
    this.network = network;
    this.plan = plan;
    this.constants = constants;
    this.intrinsics = intrinsics;
  }

  /** The kernels of a group, in order. Those of several kernels compute a row at a time. */
  public List<Rendered> render(int groupIndex) {
    Schedule.Group group = plan.schedule().groups().get(groupIndex);
    return group.kernels().stream().map(k -> k.accept(new Family(k, group.isFused()))).toList();
  }

  /** The function that runs the kernels of a group of several together. */
  public GroupModel function(int groupIndex, List<Rendered> rendered) {
    Schedule.Group group = plan.schedule().groups().get(groupIndex);
    return new GroupRenderer(group, plan, group.kernels().stream().map(this::index).toList(),
        rendered.stream().map(Rendered::frame).toList()).render(network + "_group" + groupIndex);
  }

  private int index(Kernel kernel) {
    return IntStream.range(0, plan.program().kernels().size())
        .filter(i -> plan.program().kernels().get(i) == kernel).findFirst().orElseThrow();
  }

  private Site site(Value value) {
    return plan.ring(value).map(ring -> Site.of(value, ring))
        .orElseGet(() -> Site.of(value, plan.placement(value)));
  }

  /** One kernel. */
  private final class Family implements Kernel.Visitor<Rendered> {
    private final boolean byRow;
    private final KernelContext context;

    Family(Kernel kernel, boolean byRow) {
      this.byRow = byRow;
      this.context =
          new KernelContext(network, index(kernel), kernel, KernelRenderer.this::site, constants, intrinsics);
    }

    @Override
    public Rendered visit(Kernel.Dot kernel) {
      if (kernel.header().input().storage() == Storage.F32) {
        return new RealDotRenderer(context, kernel).render();
      }
      boolean oneToOne = kernel.header().input().c() == kernel.output().c();
      if (kernel.connection() == Connection.DEPTHWISE && oneToOne) {
        return new DepthwiseRenderer(context, kernel).render();
      }
      DenseRenderer dense = new DenseRenderer(context, kernel);
      return dense.fits() ? dense.render() : new LargeDotRenderer(context, kernel).render();
    }

    @Override
    public Rendered visit(Kernel.Reduce kernel) {
      return ReduceRenderer.render(context, kernel);
    }

    @Override
    public Rendered visit(Kernel.Map kernel) {
      return new MapRenderer(context, byRow).render(kernel);
    }

    @Override
    public Rendered visit(Kernel.Table kernel) {
      return new MapRenderer(context, byRow).render(kernel);
    }

    @Override
    public Rendered visit(Kernel.RowSoftmax kernel) {
      return SoftmaxRenderer.render(context, kernel);
    }

    @Override
    public Rendered visit(Kernel.Move kernel) {
      return new MoveRenderer(context, kernel).render(plan.elided().contains(kernel));
    }
  }
}
