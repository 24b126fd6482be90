package io.bitwright.ir.passes;


import io.bitwright.ir.graph.GraphVerifier;
import io.bitwright.ir.graph.Node;
import io.bitwright.ir.op.Op;
import io.bitwright.ir.op.Padding;
import io.bitwright.ir.op.Window;
import java.util.List;
import java.util.Optional;

/** Pads of rows and columns only, as windows can take them over; what is padded with is for the caller to check. */
final class SpatialPad {
  private SpatialPad() {}

  /** The window that reads the pad's operand where {@code window} read the pad; empty where none does. */
  static Optional<Window> into(Window window, Node node) {
    boolean matches = node.op() instanceof Op.Pad && node.type().shape().rank() == 4;
    if (!matches) {
      return Optional.empty();
    }
    List<Integer> before = ((Op.Pad) node.op()).before();
    List<Integer> after = ((Op.Pad) node.op()).after();
    boolean spatial = before.get(0) == 0 && before.get(3) == 0 && after.get(0) == 0 && after.get(3) == 0;
    Padding old = window.padding();
    long rows = (long) window.extentH() + old.top() + old.bottom() + before.get(1) + after.get(1);
    long columns = (long) window.extentW() + old.left() + old.right() + before.get(2) + after.get(2);
    if (!spatial || Math.max(rows, columns) > GraphVerifier.LARGEST_WINDOW) {
      return Optional.empty();
    }
    Padding pad = new Padding(before.get(1), after.get(1), before.get(2), after.get(2));
    return Optional.of(window.withPadding(old.plus(pad)));
  }
}
