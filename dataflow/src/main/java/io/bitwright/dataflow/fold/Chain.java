package io.bitwright.dataflow.fold;

import io.bitwright.ir.diag.DiagnosticId;
import io.bitwright.ir.diag.Diagnostics;
import io.bitwright.ir.diag.SourceLocation;
import io.bitwright.ir.kernel.Kernel;
import io.bitwright.ir.kernel.Program;
import io.bitwright.ir.kernel.Storage;
import io.bitwright.ir.kernel.Value;
import io.bitwright.ir.op.Window;
import java.util.List;
import java.util.Optional;

/** What the accelerator takes: kernels one after the other, of one image of 8-bit codes. */
final class Chain {
  /** Rows or columns whose place inside of the image a line buffer's tables can tell. */
  private static final int LARGEST_WINDOW = 62;

  private final Program program;
  private final Diagnostics diagnostics;

  private Chain(Program program, Diagnostics diagnostics) {
    this.program = program;
    this.diagnostics = diagnostics;
  }

  /** Reports everything that keeps a program from being a chain of stages. */
  static void check(Program program, Diagnostics diagnostics) {
    new Chain(program, diagnostics).check();
  }

  private void check() {
    if (program.inputs().size() != 1 || program.outputs().size() != 1) {
      diagnostics.report(DiagnosticId.DATAFLOW_NOT_A_CHAIN, SourceLocation.NONE,
          "the network has " + program.inputs().size() + " inputs and " + program.outputs().size() + " outputs");
      return;
    }
    if (program.kernels().isEmpty()) {
      diagnostics.report(DiagnosticId.DATAFLOW_NOT_A_CHAIN, SourceLocation.NONE, "the network computes nothing");
      return;
    }
    Value current = program.inputs().get(0);
    for (Kernel kernel : program.kernels()) {
      Optional<String> why = unsupported(kernel);
      if (why.isPresent()) {
        diagnostics.report(
            DiagnosticId.DATAFLOW_UNSUPPORTED, kernel.header().location(), kernel.header().label(), why.get());
      } else if (Unit.input(kernel).root() != current.root()) {
        diagnostics.report(DiagnosticId.DATAFLOW_NOT_A_CHAIN, kernel.header().location(), kernel.header().label()
            + " reads '" + Unit.input(kernel).name() + "' where only the result before it, '" + current.name()
            + "', can be");
      }
      current = kernel.output();
    }
    if (program.outputs().get(0).root() != current.root()) {
      diagnostics.report(DiagnosticId.DATAFLOW_NOT_A_CHAIN, SourceLocation.NONE,
          "the last operator's result is not the network's output");
    }
  }

  /** Why a kernel has no stage; empty where it has one. */
  static Optional<String> unsupported(Kernel kernel) {
    if (kernel.inputs().stream().map(Value::root).distinct().count() != 1) {
      return Optional.of("it reads " + kernel.inputs().size() + " tensors (must be one)");
    }
    for (Value value : List.of(Unit.input(kernel), kernel.output())) {
      if (value.storage() != Storage.I8) {
        return Optional.of("tensor '" + value.name() + "' is " + value.type().element().text() + " (must be int8 or uint8)");
      }
      if (value.n() != 1) {
        return Optional.of("a batch of " + value.n() + " (must be 1)");
      }
    }
    Optional<Window> wide = window(kernel).filter(w -> Math.max(w.kernelH(), w.kernelW()) > LARGEST_WINDOW);
    if (wide.isPresent()) {
      return Optional.of("a window of " + wide.get().kernelH() + "x" + wide.get().kernelW() + " (must be at most "
          + LARGEST_WINDOW + "x" + LARGEST_WINDOW + ")");
    }
    if (kernel instanceof Kernel.Map map) {
      boolean unary = map.operands().size() == 1 && map.operands().get(0).value().isPresent()
          && map.operands().get(0).firstChannel() == 0
          && map.operands().get(0).shape().equals(map.output().shape());
      return unary ? Optional.empty() : Optional.of("a function of a constant for each element");
    }
    if (kernel instanceof Kernel.RowSoftmax softmax && softmax.exponential().result().interval().lo() < 0) {
      return Optional.of("a logarithm of softmax");
    }
    return kernel instanceof Kernel.Move move && !isPad(move)
        ? Optional.of("it moves data other than by padding rows and columns") : Optional.empty();
  }

  /** The window of a kernel that reads a line buffer. */
  private static Optional<Window> window(Kernel kernel) {
    if (kernel instanceof Kernel.Dot dot) {
      return Optional.of(dot.window());
    }
    return kernel instanceof Kernel.Reduce reduce && !Unit.isGlobal(reduce) ? Optional.of(reduce.window())
        : Optional.empty();
  }

  /** Whether a move only puts rows and columns around its input. */
  private static boolean isPad(Kernel.Move move) {
    return move.pieces().size() == 1 && move.fill().isPresent() && move.pieces().get(0).isBox()
        && move.pieces().get(0).extent().equals(Unit.input(move).shape().dims())
        && move.output().c() == Unit.input(move).c() && move.pieces().get(0).to().get(3) == 0;
  }
}
