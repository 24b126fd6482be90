package io.bitwright.frontend.quantise.evaluate;

import io.bitwright.frontend.quantise.range.Range;
import io.bitwright.frontend.quantise.range.Reach;
import io.bitwright.frontend.quantise.work.Progress;
import io.bitwright.ir.graph.Node;
import io.bitwright.ir.op.Op;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** What quantisation costs, operator by operator. */
public final class Sensitivity {
  private Sensitivity() {}

  /**
   * One operator of the network.
   *
   * @param real  in the float network
   * @param image  in the quantised one
   * @param alone  of its result where its operands are right but for their own codes' rounding
   * @param whole  of its result as the quantised network computes it
   * @param frames  how many were compared
   * @param sameLargest  in how many of them its largest element stands in the same place
   */
  public record Row(Node real, Node image, Noise alone, Noise whole, int frames, int sameLargest) {}

  /**
   * A row an operator, in the order in which they run; inputs are operators that only quantise.
   *
   * @param frames  per inference the raw f32 inputs; at least one
   * @param threads  at least 1
   */
  public static List<Row> of(Quantized network, List<List<byte[]>> frames, int threads, Progress progress) {
    Reach reach = Reach.of(network.reals());
    List<Row> rows = new ArrayList<>();
    new LockStep(network, frames, threads).walk("comparing", step -> {
      if (!(step.real().op() instanceof Op.Reshape)) {
        Range seen = reach.of(step.real());
        List<byte[]> actual = step.actual();
        rows.add(new Row(step.real(), step.image(), Noise.of(step.expected(), step.alone(), seen),
            Noise.of(step.expected(), actual, seen), frames.size(), sameLargest(step.expected(), actual)));
      }
      return step.image();
    }, progress);
    return rows;
  }

  private static int sameLargest(List<byte[]> expected, List<byte[]> actual) {
    return (int) IntStream.range(0, expected.size())
        .filter(f -> Elements.largest(expected.get(f)) == Elements.largest(actual.get(f))).count();
  }
}
