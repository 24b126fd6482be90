package io.bitwright.c.kernel;

import io.bitwright.ir.kernel.RowWindow;
import io.bitwright.ir.kernel.Schedule;
import io.bitwright.ir.kernel.Value;
import io.bitwright.ir.memory.MemoryPlan;
import io.bitwright.ir.memory.Ring;
import java.util.ArrayList;
import java.util.LinkedList;
import java.util.List;

/**
 * Renders the loops of a group of neighbours in the order of {@link io.bitwright.ir.kernel.RowOrder}. Kernels that read
 * just the row that is computed share a loop; a window over several rows has a loop of its own for those rows that are
 * new.
 */
final class GroupRenderer {
  private final Schedule.Group group;
  private final MemoryPlan plan;
  private final List<Integer> numbers;
  private final List<Frame> frames;
  private final LinkedList<GroupModel.Producer> producers = new LinkedList<>();
  private final LinkedList<List<String>> calls = new LinkedList<>();

  /**
   * Prepares.
   *
   * @param numbers  of the kernels in the program
   * @param frames  of the kernels' functions
   */
  GroupRenderer(Schedule.Group group, MemoryPlan plan, List<Integer> numbers, List<Frame> frames) {
    this.group = group;
    this.plan = plan;
    this.numbers = numbers;
    this.frames = frames;
  }

  GroupModel render(String function) {
    int last = frames.size() - 1;
    String row = "y";
    calls.add(new ArrayList<>(List.of(frames.get(last).call(row))));
    for (int i = last - 1; i >= 0; i--) {
      if (!group.window(i).equals(RowWindow.SAME_ROW)) {
        String counter = "row" + numbers.get(i);
        producers.add(new GroupModel.Producer(counter, "rows of kernel " + numbers.get(i) + " computed so far",
            more(i, counter, row)));
        calls.addFirst(new ArrayList<>());
        row = counter;
      }
      calls.getFirst().add(0, frames.get(i).call(row));
    }
    Value output = group.last().output();
    return new GroupModel(function, comment(), output.n(), output.h(), producers, calls);
  }

  /** Whether the reader's row needs a row that the i-th kernel has not computed. */
  private String more(int i, String counter, String reader) {
    RowWindow window = group.window(i);
    int rows = group.kernels().get(i).output().h();
    int readerRows = group.kernels().get(i + 1).output().h();
    boolean clamped = window.first(readerRows - 1) + window.extent() > rows;
    int beyond = window.extent() - window.padding();
    String scaled = Site.times(reader, window.stride());
    String sum = beyond < 0 ? " - " + -beyond : beyond == 0 ? "" : " + " + beyond;
    String needed = counter + " < " + (scaled.isEmpty() ? String.valueOf(beyond) : scaled + sum);
    return (clamped ? counter + " < " + rows + " && " : "") + needed;
  }

  private List<String> comment() {
    List<String> lines = new ArrayList<>();
    lines.add("Kernels " + numbers.get(0) + " to " + numbers.get(numbers.size() - 1)
        + " together, a row at a time, each row when it is needed and once. In between:");
    for (int i = 0; i < frames.size() - 1; i++) {
      Value value = group.kernels().get(i).output();
      lines.add("  of kernel " + numbers.get(i) + "'s " + value.h() + " rows the latest"
          + place(plan.ring(value).orElseThrow()));
    }
    return lines;
  }

  private static String place(Ring ring) {
    String at = "at arena + " + ring.offset();
    return ring.rows() == 1 ? ", " + at
        : " " + ring.rows() + ", row r at place r % " + ring.rows() + " of a ring " + at;
  }
}
