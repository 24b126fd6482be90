package io.bitwright.ir.memory;

import io.bitwright.ir.kernel.Kernel;
import io.bitwright.ir.kernel.Program;
import io.bitwright.ir.kernel.Schedule;
import io.bitwright.ir.kernel.Value;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Which values share a stretch of memory, and how: aliases, element-wise kernels that write onto their operand, the parts
 * of a concatenation or the inside of a padded map, which live within the whole, and slices, which live within their source.
 */
final class BufferLayout {
  /** A value that lies inside another: the other, and where it starts there (N, H, W, C). */
  private record Inside(Value whole, List<Integer> at) {}

  /** The buffer of a value's ring and its rows. */
  private record RowRing(LiveBuffer buffer, int rows) {}

  private final Program program;
  private final Liveness liveness;
  private final Map<Value, Inside> insides = new IdentityHashMap<>();
  private final Map<Value, LiveBuffer> buffers = new IdentityHashMap<>();
  private final List<LiveBuffer> ordered = new ArrayList<>();
  private final Map<Value, RowRing> rings = new IdentityHashMap<>();
  private final Set<Kernel> elided = new LinkedHashSet<>();

  /**
   * Lays out a scheduled program.
   *
   * @param elide  whether parts are written straight into the whole they are copied to, where they can
   */
  BufferLayout(Program program, Schedule schedule, boolean elide) {
    this(program, schedule, move -> elide);
  }

  /**
   * Lays out a scheduled program.
   *
   * @param elide  for which moves the parts are written straight into the whole, where they can
   */
  BufferLayout(Program program, Schedule schedule, Predicate<Kernel> elide) {
    this.program = program;
    this.liveness = new Liveness(program, schedule);
    for (int g = 0; g < schedule.groups().size(); g++) {
      layOutRings(g + 1, schedule.groups().get(g));
    }
    program.kernels().stream().filter(elide).forEach(this::findInsides);
    program.inputs().forEach(this::ownBuffer);
    for (int g = 0; g < schedule.groups().size(); g++) {
      layOut(g + 1, schedule.groups().get(g));
    }
  }

  private void layOutRings(int step, Schedule.Group group) {
    for (int i = 0; i < group.between().size(); i++) {
      Value value = group.between().get(i);
      LiveBuffer buffer = new LiveBuffer(group.ringBytes(i), value.storage().sizeBytes(), step, step);
      rings.put(value, new RowRing(buffer, group.ringRows(i)));
      ordered.add(buffer);
    }
  }

  private void layOut(int step, Schedule.Group group) {
    Value output = group.last().output();
    Value whole = outermost(output);
    if (whole != output) {
      ownBuffer(whole);
      buffers.get(whole).extend(liveness.first(output), liveness.last(output));
    } else if (!buffers.containsKey(output) && !writeInPlace(group, step)) {
      ownBuffer(output);
    }
  }

  private void ownBuffer(Value value) {
    Value root = value.root();
    if (!buffers.containsKey(root)) {
      LiveBuffer buffer = new LiveBuffer(
          root.sizeBytes(), root.storage().sizeBytes(), liveness.first(root), liveness.last(root));
      buffer.values().add(root);
      buffers.put(root, buffer);
      ordered.add(buffer);
    }
  }

  /** Puts the output onto a value that is read here for the last time and has its shape. */
  private boolean writeInPlace(Schedule.Group group, int step) {
    Value output = group.last().output();
    for (Value input : InPlace.candidates(group)) {
      Value root = input.root();
      LiveBuffer buffer = buffers.get(root);
      boolean dies = buffer != null && buffer.last() == step && liveness.last(root) == step;
      if (dies && ownsBuffer(root, output.sizeBytes()) && group.reads().stream().noneMatch(v -> liesInside(v, root))) {
        buffer.extend(step, liveness.last(output));
        buffer.values().add(output);
        buffers.put(output, buffer);
        return true;
      }
    }
    return false;
  }

  private void findInsides(Kernel kernel) {
    if (kernel instanceof Kernel.Move move && canElide(move)) {
      move.pieces().forEach(p -> insides.put(move.inputs().get(p.input()), new Inside(move.output(), p.to())));
      elided.add(move);
    } else if (kernel instanceof Kernel.Move move && isSlice(move)) {
      insides.put(move.output(), new Inside(move.inputs().get(0), move.pieces().get(0).from()));
      elided.add(move);
    }
  }

  private boolean canElide(Kernel.Move move) {
    Set<Value> parts = new LinkedHashSet<>(move.inputs());
    boolean whole = parts.size() == move.pieces().size() && move.inputs().size() == parts.size()
        && move.pieces().stream().allMatch(Kernel.Piece::isBox)
        && move.pieces().stream().allMatch(p -> p.extent().equals(move.inputs().get(p.input()).shape().dims()));
    return whole && parts.stream().allMatch(this::canLieInside);
  }

  /** A box of a tensor that exists as a whole is read where it lies. */
  private boolean isSlice(Kernel.Move move) {
    Kernel.Piece piece = move.pieces().get(0);
    boolean box = move.pieces().size() == 1 && move.fill().isEmpty() && piece.isBox()
        && piece.extent().equals(move.output().shape().dims());
    return box && move.inputs().get(0).aliasOf().isEmpty() && canLieInside(move.output());
  }

  private boolean canLieInside(Value part) {
    return part.aliasOf().isEmpty() && !liveness.isAliased(part) && !program.inputs().contains(part)
        && !program.outputs().contains(part) && !insides.containsKey(part) && !rings.containsKey(part);
  }

  private boolean liesInside(Value value, Value whole) {
    return value.root() != whole && outermost(value.root()) == whole;
  }

  private Value outermost(Value value) {
    Inside inside = insides.get(value);
    return inside == null ? value : outermost(inside.whole());
  }

  /** All stretches of memory: rings, then values, each in order of the schedule. */
  List<LiveBuffer> buffers() {
    return ordered;
  }

  Set<Kernel> elided() {
    return elided;
  }

  /** The ring of a value once its buffer has an offset; empty for a value that exists as a whole. */
  Optional<Ring> ring(Value value, Map<LiveBuffer, Integer> offsets) {
    return Optional.ofNullable(rings.get(value)).map(r -> new Ring(offsets.get(r.buffer()), r.rows()));
  }

  /** The stretch of memory that a value lies in which exists as a whole. */
  LiveBuffer buffer(Value value) {
    return buffers.get(outermost(value.root()).root());
  }

  /** Whether a value takes the whole of a buffer of this size. */
  boolean ownsBuffer(Value root, int sizeBytes) {
    LiveBuffer buffer = buffers.get(root);
    return buffer != null && !insides.containsKey(root) && root.sizeBytes() == sizeBytes
        && buffer.sizeBytes() == sizeBytes;
  }

  /** Whether a value exists as a whole. */
  boolean isPlaced(Value value) {
    return buffer(value) != null;
  }

  /** Where a value lies once its buffer has an offset. */
  Placement placement(Value value, Map<LiveBuffer, Integer> offsets) {
    Inside inside = insides.get(value.root());
    if (inside == null) {
      return Placement.dense(value, offsets.get(buffers.get(value.root())));
    }
    Placement whole = placement(inside.whole(), offsets);
    List<Integer> at = inside.at();
    int elements = at.get(0) * whole.imagePitch() + at.get(1) * whole.rowPitch() + at.get(2) * whole.pixelPitch()
        + at.get(3);
    return new Placement(whole.offset() + elements * value.storage().sizeBytes(), whole.imagePitch(),
        whole.rowPitch(), whole.pixelPitch());
  }
}
