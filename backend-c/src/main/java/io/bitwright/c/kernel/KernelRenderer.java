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

  /** The kernels of a group, in order. Those of one with a row buffer compute a row at a time. */
  public List<Rendered> render(int groupIndex) {
    Schedule.Group group = plan.schedule().groups().get(groupIndex);
    List<Rendered> rendered = group.kernels().stream().map(k -> k.accept(new Family(k, groupIndex))).toList();
    long shapes = rendered.stream().map(r -> List.of(r.frame().images(), r.frame().rows())).distinct().count();
    if (shapes != 1) {
      throw new IllegalStateException("the kernels of group " + groupIndex + " do not run row by row");
    }
    return rendered;
  }

  /** One kernel of a group. */
  private final class Family implements Kernel.Visitor<Rendered> {
    private final Schedule.Group group;
    private final int groupIndex;
    private final KernelContext context;

    Family(Kernel kernel, int groupIndex) {
      this.group = plan.schedule().groups().get(groupIndex);
      this.groupIndex = groupIndex;
      int index = IntStream.range(0, plan.program().kernels().size())
          .filter(i -> plan.program().kernels().get(i) == kernel).findFirst().orElseThrow();
      this.context = new KernelContext(network, index, kernel, this::site, constants, intrinsics);
    }

    private Site site(Value value) {
      return group.isFused() && value == group.buffered()
          ? Site.ofRowBuffer(value, plan.rowBuffer(groupIndex))
          : Site.of(value, plan.placement(value));
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
      return new MapRenderer(context).render(kernel);
    }

    @Override
    public Rendered visit(Kernel.Table kernel) {
      return new MapRenderer(context).render(kernel);
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
