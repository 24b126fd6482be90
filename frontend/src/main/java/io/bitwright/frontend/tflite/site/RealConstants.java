package io.bitwright.frontend.tflite.site;

import io.bitwright.frontend.tflite.schema.ElementCodes;
import io.bitwright.frontend.tflite.schema.FileTensor;
import io.bitwright.ir.diag.DiagnosticException;
import io.bitwright.ir.diag.DiagnosticId;
import io.bitwright.ir.graph.Node;
import io.bitwright.ir.op.Op;
import io.bitwright.ir.scalar.Interval;
import io.bitwright.ir.scalar.ScalarEvaluator;
import io.bitwright.ir.scalar.real.RealSemantics;
import io.bitwright.ir.type.HalfPrecision;
import io.bitwright.ir.type.Quantization;
import io.bitwright.ir.type.Quantization.PerTensor;
import io.bitwright.ir.type.TensorData;
import io.bitwright.ir.type.TensorType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The constants that a file has in float16 or 8 bits, as the f32 that they stand for; each is converted once. */
final class RealConstants {
  private static final int CODES = 256;

  private final TensorTable tensors;
  private final Budget budget;
  private final Map<List<Integer>, Node> weights = new HashMap<>();
  private final SortedMap<String, Integer> converted = new TreeMap<>();

  RealConstants(TensorTable tensors, Budget budget) {
    this.tensors = tensors;
    this.budget = budget;
  }

  /** How many constants were converted, by the name of their type. */
  SortedMap<String, Integer> converted() {
    return converted;
  }

  /** Symmetric int8 weights whose output channels are the indices of {@code axis}, as f32 weights. */
  Node weights(int tensor, int axis) {
    Node known = weights.get(List.of(tensor, axis));
    if (known == null) {
      FileTensor file = tensors.get(tensor);
      TensorType type = tensors.weights(tensor, axis);
      if (type.quantization() instanceof PerTensor whole && whole.zeroPoint() != 0) {
        throw DiagnosticException.of(DiagnosticId.BAD_QUANTIZATION, file.location(), file.name(), "has zero point "
            + whole.zeroPoint() + " (must be 0 beside float activations)");
      }
      Op op = new Op.Constant(file.name(), ofCodes(file, type));
      known = new Node(op, List.of(), TensorType.f32(type.shape()), file.name(), file.location(), List.of());
      weights.put(List.of(tensor, axis), known);
    }
    return known;
  }

  /** A constant of any type that can be dequantised. */
  TensorData dequantised(int tensor) {
    if (tensors.half(tensor).isPresent()) {
      return ofHalf(tensors.half(tensor).get());
    }
    FileTensor file = tensors.get(tensor);
    int scales = file.quantization().scales().count();
    return ofCodes(file, scales > 1 ? tensors.weights(tensor, axis(file)) : tensors.feature(tensor));
  }

  private static int axis(FileTensor file) {
    int axis = file.quantization().axis();
    if (axis < 0 || axis >= file.shape().rank()) {
      throw DiagnosticException.of(DiagnosticId.BAD_QUANTIZATION, file.location(), file.name(),
          "is quantised along dimension " + axis + " of shape " + FileTensor.bracketed(file.shape()));
    }
    return axis;
  }

  private TensorData ofHalf(FileTensor file) {
    take(file, "float16");
    TensorData bits = tensors.contents(file);
    float[] reals = new float[bits.elements()];
    for (int i = 0; i < reals.length; i++) {
      reals[i] = HalfPrecision.toFloat((short) bits.code(i));
    }
    return TensorData.ofFloats(reals);
  }

  private TensorData ofCodes(FileTensor file, TensorType type) {
    take(file, ElementCodes.name(type.element()));
    TensorData codes = tensors.contents(file).stored();
    int inner = 1;
    List<float[]> tables = new ArrayList<>();
    if (type.quantization() instanceof Quantization.PerAxis channels) {
      for (int d = channels.axis() + 1; d < type.shape().rank(); d++) {
        inner *= type.shape().dim(d);
      }
      channels.scales().forEach(scale -> tables.add(table(new PerTensor(scale, 0))));
    } else {
      tables.add(table(type.stored()));
    }
    float[] reals = new float[codes.elements()];
    for (int i = 0; i < reals.length; i++) {
      reals[i] = tables.get(i / inner % tables.size())[(int) codes.code(i) + CODES / 2];
    }
    return TensorData.ofFloats(reals);
  }

  /** What each stored code stands for. */
  private static float[] table(PerTensor stored) {
    ScalarEvaluator evaluator = new ScalarEvaluator(RealSemantics.dequantize(stored, Interval.INT8, 1), CODES);
    for (int i = 0; i < CODES; i++) {
      evaluator.ints(0)[i] = i - CODES / 2;
    }
    evaluator.run(CODES);
    return evaluator.realResult(0).clone();
  }

  private void take(FileTensor file, String type) {
    if (!budget.takeReals(file.shape().elements())) {
      throw DiagnosticException.of(DiagnosticId.TOO_LARGE, file.location(), "the sum of all constants that become f32",
          "more", tensors.fileBytes() + " elements, the size of the file");
    }
    converted.merge(type, 1, Integer::sum);
  }
}
