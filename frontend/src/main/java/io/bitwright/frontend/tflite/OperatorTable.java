package io.bitwright.frontend.tflite;

import static java.util.Map.entry;

import io.bitwright.frontend.tflite.schema.OperatorNames;
import io.bitwright.ir.op.Activation;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The operators that can be imported. */
final class OperatorTable {
  private static final Map<String, OperatorImport> BY_NAME = Map.ofEntries(
      entry("ADD", ArithmeticImport::add),
      entry("AVERAGE_POOL_2D", PoolingImport::averagePool2d),
      entry("CONCATENATION", LayoutImport::concatenation),
      entry("CONV_2D", ConvolutionImport::conv2d),
      entry("DEPTHWISE_CONV_2D", ConvolutionImport::depthwiseConv2d),
      entry("DEQUANTIZE", ConversionImport::dequantize),
      entry("EXPAND_DIMS", ReshapeImport::expandDims),
      entry("FULLY_CONNECTED", FullyConnectedImport::fullyConnected),
      entry("HARD_SWISH", ActivationImport::hardSwish),
      entry("LOGISTIC", ActivationImport::logistic),
      entry("MAX_POOL_2D", PoolingImport::maxPool2d),
      entry("MEAN", MeanImport::mean),
      entry("MUL", ArithmeticImport::mul),
      entry("PACK", ShapeFolding::pack),
      entry("PAD", LayoutImport::pad),
      entry("QUANTIZE", ConversionImport::quantize),
      entry("RELU", ActivationImport.relu(Activation.RELU)),
      entry("RELU6", ActivationImport.relu(Activation.RELU6)),
      entry("RELU_N1_TO_1", ActivationImport.relu(Activation.RELU_N1_TO_1)),
      entry("RESHAPE", ReshapeImport::reshape),
      entry("SHAPE", ShapeFolding::shape),
      entry("SOFTMAX", ActivationImport::softmax),
      entry("SQUEEZE", ReshapeImport::squeeze),
      entry("STRIDED_SLICE", ShapeFolding::stridedSlice));

  private static final Map<Integer, OperatorImport> BY_CODE = BY_NAME.entrySet().stream()
      .collect(Collectors.toUnmodifiableMap(e -> OperatorNames.code(e.getKey()), Map.Entry::getValue));

  private OperatorTable() {}

  static Optional<OperatorImport> find(int code) {
    return Optional.ofNullable(BY_CODE.get(code));
  }

  /** Names of all operators that can be imported. */
  static SortedSet<String> names() {
    return new TreeSet<>(BY_NAME.keySet());
  }
}
