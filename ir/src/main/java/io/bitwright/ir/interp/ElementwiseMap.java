package io.bitwright.ir.interp;

import io.bitwright.ir.kernel.Kernel;
import io.bitwright.ir.kernel.Storage;
import io.bitwright.ir.type.ElementType;
import io.bitwright.ir.type.Shape;
import io.bitwright.ir.type.TensorData;
import java.util.List;
import java.util.Optional;

/** {@link Kernel.Map}: a function of one or more operands, element by element, dimensions of size 1 broadcast. */
final class ElementwiseMap implements RowKernel {
  private final Kernel.Map kernel;
  private final Memory memory;
  private final List<Optional<View>> views;
  private final RowSink sink;
  private final int channels;
  private final List<float[]> reals;
  private final List<long[]> codes;

  ElementwiseMap(Kernel.Map kernel, Memory memory, List<Optional<View>> views, View out) {
    this.kernel = kernel;
    this.memory = memory;
    this.views = views;
    this.sink = new RowSink(memory, out, kernel.body(), kernel.operands().size());
    this.channels = out.value().c();
    this.reals = kernel.operands().stream().map(o -> o.constant().filter(d -> d.element() == ElementType.F32)
        .map(TensorData::reals).orElse(new float[0])).toList();
    this.codes = kernel.operands().stream().map(o -> o.constant().filter(d -> d.element() != ElementType.F32)
        .map(TensorData::codes).orElse(new long[0])).toList();
  }

  @Override
  public void row(int n, int y) {
    sink.begin(n, y);
    for (int x = 0; x < kernel.output().w(); x++) {
      for (int i = 0; i < views.size(); i++) {
        feed(i, n, y, x);
      }
      sink.push();
    }
    sink.end();
  }

  private void feed(int operand, int n, int y, int x) {
    Shape shape = kernel.operands().get(operand).shape();
    int atN = shape.dim(0) == 1 ? 0 : n;
    int atY = shape.dim(1) == 1 ? 0 : y;
    int atX = shape.dim(2) == 1 ? 0 : x;
    int step = shape.dim(3) == 1 ? 0 : 1;
    int to = sink.next();
    Optional<View> view = views.get(operand);
    if (view.isPresent()) {
      int skipped = kernel.operands().get(operand).firstChannel() * view.get().elementBytes();
      feedValue(operand, view.get(), view.get().address(atN, atY, atX) + skipped, step, to);
    } else {
      int flat = ((atN * shape.dim(1) + atY) * shape.dim(2) + atX) * shape.dim(3);
      feedConstant(operand, flat, step, to);
    }
  }

  private void feedValue(int operand, View view, int address, int step, int to) {
    if (view.value().storage() == Storage.F32) {
      float[] reals = sink.reals(operand);
      for (int c = 0; c < channels; c++) {
        reals[to + c] = memory.real(address + 4 * c * step);
      }
    } else {
      memory.loadCodes(view.value().storage(), address, step, sink.ints(operand), to, channels);
    }
  }

  private void feedConstant(int operand, int flat, int step, int to) {
    if (reals.get(operand).length > 0) {
      copy(reals.get(operand), flat, step, sink.reals(operand), to);
    } else {
      long[] from = codes.get(operand);
      long[] ints = sink.ints(operand);
      for (int c = 0; c < channels; c++) {
        ints[to + c] = from[flat + c * step];
      }
    }
  }

  private void copy(float[] from, int at, int step, float[] into, int to) {
    for (int c = 0; c < channels; c++) {
      into[to + c] = from[at + c * step];
    }
  }
}
