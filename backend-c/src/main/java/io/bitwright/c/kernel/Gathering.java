package io.bitwright.c.kernel;

import io.bitwright.ir.kernel.Value;
import io.bitwright.ir.memory.Placement;
import java.util.List;

/**
 * Collects the elements of a value that lies in memory with gaps, for tracing.
 *
 * @param name  of the C function
 * @param copy  from the arena to {@code to}
 */
public record Gathering(String name, MoveModel.Copy copy, int sizeBytes) {
  public static Gathering of(String network, Value value, Placement placement) {
    Site from = Site.of(value, placement);
    LoopNest nest = LoopNest.over(List.of(from.n(), from.h(), from.w(), from.c()), false, List.of(
        LoopNest.strides(from), new int[] {from.h() * from.w() * from.c(), from.w() * from.c(), from.c(), 1}));
    int run = nest.run();
    LoopNest outer = run > 1 ? nest.outer() : nest;
    int size = from.type().sizeBytes();
    return new Gathering(network + "_gather" + value.id(), new MoveModel.Copy(outer.loops(),
        MoveRenderer.offset("to", outer.index(1), size), MoveRenderer.offset("arena + " + from.offset(), outer.index(0),
            size), run * size), value.sizeBytes());
  }
}
