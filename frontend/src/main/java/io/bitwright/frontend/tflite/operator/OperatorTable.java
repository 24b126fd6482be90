package io.bitwright.frontend.tflite.operator;

import static java.util.Map.entry;

import io.bitwright.frontend.tflite.movement.PaddingImport;
import io.bitwright.frontend.tflite.movement.ReshapeImport;
import io.bitwright.frontend.tflite.movement.ResizeImport;
import io.bitwright.frontend.tflite.movement.ShapeFolding;
import io.bitwright.frontend.tflite.movement.SliceImport;
import io.bitwright.frontend.tflite.movement.TransposeImport;
import io.bitwright.frontend.tflite.schema.OperatorNames;
import io.bitwright.ir.op.Activation;
import io.bitwright.ir.op.BinaryFunction;
import io.bitwright.ir.op.UnaryFunction;
import io.bitwright.ir.type.ElementType;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** The operators that can be imported. */
public final class OperatorTable {
  private static final Map<String, OperatorImport.Single> ONE_RESULT = Map.ofEntries(
      entry("ABS", UnaryImport.of(UnaryFunction.ABS, ElementType.F32, ElementType.I8, ElementType.I16)),
      entry("ADD", ArithmeticImport::add),
      entry("ARG_MAX", ArgMaxImport::argMax),
      entry("AVERAGE_POOL_2D", PoolingImport::averagePool2d),
      entry("BATCH_TO_SPACE_ND", DilationImport::alone),
      entry("CONCATENATION", JoinImport::concatenation),
      entry("CONV_2D", ConvolutionImport::conv2d),
      entry("DEPTHWISE_CONV_2D", ConvolutionImport::depthwiseConv2d),
      entry("DEPTH_TO_SPACE", TransposeImport::depthToSpace),
      entry("DEQUANTIZE", ConversionImport::dequantize),
      entry("DIV", ArithmeticImport::div),
      entry("EXP", UnaryImport.of(UnaryFunction.EXP, ElementType.F32, ElementType.I8, ElementType.I16)),
      entry("EXPAND_DIMS", ReshapeImport::expandDims),
      entry("FULLY_CONNECTED", FullyConnectedImport::fullyConnected),
      entry("GATHER", SliceImport::gather),
      entry("HARD_SWISH", ActivationImport::hardSwish),
      entry("LEAKY_RELU", UnaryImport::leakyRelu),
      entry("LOGISTIC", ActivationImport::logistic),
      entry("LOG_SOFTMAX", UnaryImport::logSoftmax),
      entry("MAXIMUM", ArithmeticImport.pick(BinaryFunction.MAX)),
      entry("MAX_POOL_2D", PoolingImport::maxPool2d),
      entry("MEAN", MeanImport::mean),
      entry("MINIMUM", ArithmeticImport.pick(BinaryFunction.MIN)),
      entry("MUL", ArithmeticImport::mul),
      entry("NEG", UnaryImport::neg),
      entry("PACK", JoinImport::pack),
      entry("PAD", PaddingImport::pad),
      entry("PADV2", PaddingImport::padV2),
      entry("PRELU", ArithmeticImport::prelu),
      entry("QUANTIZE", ConversionImport::quantize),
      entry("RELU", ActivationImport.relu(Activation.RELU)),
      entry("RELU6", ActivationImport.relu(Activation.RELU6)),
      entry("RELU_N1_TO_1", ActivationImport.relu(Activation.RELU_N1_TO_1)),
      entry("RESHAPE", ReshapeImport::reshape),
      entry("RESIZE_BILINEAR", ResizeImport::bilinear),
      entry("RESIZE_NEAREST_NEIGHBOR", ResizeImport::nearest),
      entry("RSQRT", UnaryImport.of(UnaryFunction.RSQRT, ElementType.F32, ElementType.I8, ElementType.I16)),
      entry("SHAPE", ShapeFolding::shape),
      entry("SLICE", SliceImport::slice),
      entry("SOFTMAX", ActivationImport::softmax),
      entry("SPACE_TO_BATCH_ND", DilationImport::alone),
      entry("SPACE_TO_DEPTH", TransposeImport::spaceToDepth),
      entry("SQRT", UnaryImport.of(UnaryFunction.SQRT, ElementType.F32)),
      entry("SQUARE", UnaryImport.of(UnaryFunction.SQUARE, ElementType.F32)),
      entry("SQUEEZE", ReshapeImport::squeeze),
      entry("STRIDED_SLICE", SliceImport::stridedSlice),
      entry("SUB", ArithmeticImport::sub),
      entry("TANH", ActivationImport::tanh),
      entry("TRANSPOSE", TransposeImport::transpose));

  private static final Map<String, OperatorImport> SEVERAL_RESULTS = Map.of(
      "SPLIT", SliceImport::split,
      "SPLIT_V", SliceImport::splitV,
      "UNPACK", SliceImport::unpack);

  private static final Map<Integer, OperatorImport> BY_CODE = byCode();

  private OperatorTable() {}

  private static Map<Integer, OperatorImport> byCode() {
    Map<Integer, OperatorImport> all = new HashMap<>();
    ONE_RESULT.forEach((name, single) -> all.put(OperatorNames.code(name), OperatorImport.of(single)));
    SEVERAL_RESULTS.forEach((name, several) -> all.put(OperatorNames.code(name), several));
    return Map.copyOf(all);
  }

  public static Optional<OperatorImport> find(int code) {
    return Optional.ofNullable(BY_CODE.get(code));
  }

  /** Names of all operators that can be imported. */
  public static SortedSet<String> names() {
    SortedSet<String> names = new TreeSet<>(ONE_RESULT.keySet());
    names.addAll(SEVERAL_RESULTS.keySet());
    return names;
  }
}
