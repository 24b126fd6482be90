package io.bitwright.ir.memory;

import io.bitwright.ir.kernel.Program;
import io.bitwright.ir.kernel.Schedule;
import io.bitwright.ir.kernel.Value;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * Bytes live while consecutive kernels run as one group: what the trivial schedule has live during any of them, with
 * rings instead of the values between, and with the output on another value where the group allows that and only there.
 */
final class GroupLiveness {
  private final BufferLayout layout;
  private final Liveness liveness;
  private final int[] live;
  private final int[] starting;

  /**
   * Prepares.
   *
   * @param layout  of the trivial schedule
   */
  GroupLiveness(Program program, BufferLayout layout) {
    this.layout = layout;
    this.liveness = new Liveness(program, Schedule.trivial(program));
    this.live = OffsetSearch.liveBytes(layout.buffers());
    this.starting = new int[live.length];
    layout.buffers().forEach(b -> starting[b.first()] += b.sizeBytes());
  }

  /**
   * Bytes live while a group runs.
   *
   * @param first  index of its first kernel in the program; the others follow it there
   */
  long bytes(Schedule.Group group, int first) {
    int step = first + 1;
    int lastStep = first + group.kernels().size();
    long bytes = live[step];
    for (int s = step + 1; s <= lastStep; s++) {
      bytes += starting[s];
    }
    Set<Value> between = Collections.newSetFromMap(new IdentityHashMap<>());
    between.addAll(group.between());
    Set<LiveBuffer> gone = Collections.newSetFromMap(new IdentityHashMap<>());
    for (int i = 0; i < between.size(); i++) {
      bytes += group.ringBytes(i);
      LiveBuffer buffer = layout.buffer(group.between().get(i));
      if (between.containsAll(buffer.values()) && gone.add(buffer)) {
        bytes -= buffer.sizeBytes();
      }
    }
    return group.isFused() ? bytes + outputBytes(group, step, lastStep) : bytes;
  }

  /** What the output takes besides, or less than, under the trivial schedule. */
  private int outputBytes(Schedule.Group group, int step, int lastStep) {
    Value output = group.last().output();
    LiveBuffer own = layout.buffer(output);
    if (!own.values().contains(output)) {
      return 0;
    }
    List<Value> dying = InPlace.candidates(group).stream()
        .map(Value::root)
        .filter(v -> layout.ownsBuffer(v, output.sizeBytes()))
        .filter(v -> step <= liveness.last(v) && liveness.last(v) <= lastStep)
        .toList();
    boolean shared = own.first() < step;
    boolean shares = !dying.isEmpty();
    return shares == shared ? 0 : shares ? -own.sizeBytes() : own.sizeBytes();
  }
}
