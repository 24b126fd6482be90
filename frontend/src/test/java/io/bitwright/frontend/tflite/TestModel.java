package io.bitwright.frontend.tflite;

import io.bitwright.frontend.flatbuffer.FlatWriter;
import io.bitwright.frontend.flatbuffer.FlatWriter.Fields;
import io.bitwright.frontend.tflite.schema.OperatorNames;
import io.bitwright.ir.diag.Diagnostic;
import io.bitwright.ir.diag.DiagnosticException;
import io.bitwright.ir.graph.Graph;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assertions;

/** Builds small TFLite files, right or wrong; every table can be tampered with before it is written. */
final class TestModel {
  static final int FLOAT32 = 0;
  static final int FLOAT16 = 1;
  static final int INT32 = 2;
  static final int UINT8 = 3;
  static final int INT64 = 4;
  static final int INT16 = 7;
  static final int INT8 = 9;

  final Fields model = Fields.of();
  final Fields subgraph = Fields.of();
  final List<Fields> subgraphs = new ArrayList<>(List.of(subgraph));
  final List<Fields> codes = new ArrayList<>();
  final List<Fields> tensors = new ArrayList<>();
  final List<Fields> operators = new ArrayList<>();
  final List<Fields> buffers = new ArrayList<>(List.of(Fields.of()));
  int[] inputs = {};
  int[] outputs = {};

  /** A tensor without quantisation. */
  int tensor(String name, int type, int... shape) {
    tensors.add(Fields.of().with(0, shape).with(1, (byte) type).with(3, name));
    return tensors.size() - 1;
  }

  /** A tensor quantised as a whole. */
  int quantized(String name, int type, double scale, long zeroPoint, int... shape) {
    int tensor = tensor(name, type, shape);
    quantize(tensor, new float[] {(float) scale}, new long[] {zeroPoint}, 0);
    return tensor;
  }

  void quantize(int tensor, float[] scales, long[] zeroPoints, int axis) {
    tensors.get(tensor).with(4, Fields.of().with(2, scales).with(3, zeroPoints).with(6, axis));
  }

  /** Gives a tensor contents. */
  int fill(int tensor, Object contents) {
    buffers.add(Fields.of().with(0, contents));
    tensors.get(tensor).with(2, buffers.size() - 1);
    return tensor;
  }

  int ints(String name, int... values) {
    return fill(tensor(name, INT32, values.length), bytes(values));
  }

  static byte[] bytes(int... values) {
    byte[] all = new byte[4 * values.length];
    for (int i = 0; i < all.length; i++) {
      all[i] = (byte) (values[i / 4] >> (8 * (i % 4)));
    }
    return all;
  }

  /**
   * An operator.
   *
   * @param optionsType  number in the union of options, 0 for none
   */
  Fields operator(String name, int[] in, int[] out, int optionsType, Fields options) {
    int code = OperatorNames.code(name);
    codes.add(Fields.of().with(0, (byte) Math.min(code, 127)).with(3, code));
    Fields operator = Fields.of().with(0, codes.size() - 1).with(1, in).with(2, out);
    if (optionsType != 0) {
      operator.with(3, (byte) optionsType).with(4, options);
    }
    operators.add(operator);
    return operator;
  }

  TestModel ends(int[] in, int[] out) {
    inputs = in;
    outputs = out;
    return this;
  }

  static int[] of(int... tensors) {
    return tensors;
  }

  byte[] write() {
    subgraph.with(0, tensors).with(1, inputs).with(2, outputs).with(3, operators);
    model.with(1, codes).with(2, subgraphs).with(4, buffers);
    if (model.get(0) == null) {
      model.with(0, 3);
    }
    return FlatWriter.write("TFL3", model);
  }

  Graph load() {
    return TfliteImporter.parse(write(), "net.tflite");
  }

  /** What the importer says about the file. */
  List<String> refusal() {
    return refusal(write());
  }

  static List<String> refusal(byte[] file) {
    DiagnosticException e =
        Assertions.assertThrows(DiagnosticException.class, () -> TfliteImporter.parse(file, "net.tflite"));
    Assertions.assertFalse(e.diagnostics().isEmpty());
    return e.diagnostics().stream().map(Diagnostic::render).toList();
  }

  /** Three files that import, together with all operators that can be imported. */
  static List<TestModel> samples() {
    return List.of(SampleNetworks.int8(), SampleNetworks.uint8(), SampleNetworks.float32());
  }
}
