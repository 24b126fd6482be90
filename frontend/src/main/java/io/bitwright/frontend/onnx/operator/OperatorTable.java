package io.bitwright.frontend.onnx.operator;

import io.bitwright.frontend.onnx.movement.MovementImport;
import io.bitwright.frontend.onnx.movement.PaddingImport;
import io.bitwright.frontend.onnx.movement.ResizeImport;
import io.bitwright.frontend.onnx.movement.ViewImport;
import io.bitwright.frontend.onnx.operator.OperatorImport.Single;
import io.bitwright.frontend.onnx.site.ConstantTable;
import io.bitwright.ir.op.BinaryFunction;
import io.bitwright.ir.op.Clamp;
import io.bitwright.ir.op.Op;
import io.bitwright.ir.op.Rounding;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The operators that can be imported, in order of their names. */
public final class OperatorTable {
  /** Of the sets from 22 on only types were added to the operators of this table; set 28 changes some. */
  public static final int NEWEST_OPSET = 27;

  private static final List<String> MICROSOFT = List.of("QGemm", "QLinearAdd", "QLinearAveragePool", "QLinearConcat",
      "QLinearGlobalAveragePool", "QLinearLeakyRelu", "QLinearMul", "QLinearSigmoid", "QLinearSoftmax");
  private static final String OF_MICROSOFT = "Of domain com.microsoft.";
  private static final String CONSTANTS = "Where all operands are constants or computed from shapes.";
  private static final String FLOAT = "float32 only.";
  private static final String WINDOWS =
      "Feature maps N, C, H, W or N, C, L; any stride, dilation, padding and auto_pad";

  /** A row and what it is translated by; {@code constants} is there for operators that make constants. */
  public record Row(SupportedOperator operator, Importer translator) {
    public OperatorImport importer(ConstantTable constants) {
      return translator.with(constants);
    }
  }

  /** Gives the import of an operator for a file's constants. */
  public interface Importer {
    OperatorImport with(ConstantTable constants);
  }

  private static final List<Row> ROWS = rows();
  private static final Map<String, Row> BY_NAME =
      ROWS.stream().collect(Collectors.toUnmodifiableMap(r -> r.operator().name(), r -> r));

  private static final Map<String, String> ALTERNATIVES = Map.of(
      "ConvTranspose", "Conv and DepthToSpace, or Resize and Conv, are",
      "DynamicQuantizeLinear", "QuantizeLinear with a constant scale is");

  private OperatorTable() {}

  /** Whether another domain's operator is one of the few that are taken. */
  public static boolean isKnownDomain(String domain, String operator) {
    return domain.equals("com.microsoft") && MICROSOFT.contains(operator);
  }

  /** What stands for an operator that is not supported, in words; empty where nothing does. */
  public static Optional<String> alternative(String operator) {
    return Optional.ofNullable(ALTERNATIVES.get(operator));
  }

  public static Optional<Row> find(String name) {
    return Optional.ofNullable(BY_NAME.get(name));
  }

  public static List<SupportedOperator> operators() {
    return ROWS.stream().map(Row::operator).toList();
  }

  private static List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    computed(rows);
    moved(rows);
    for (String name : List.of("And", "Ceil", "Equal", "Exp", "Expand", "Floor", "Greater", "Less", "Log", "Mod", "Not",
        "Or", "Pow", "Range", "ReduceProd", "Sqrt", "Where")) {
      row(rows, name, 7, CONSTANTS, ConstantImport::unknown);
    }
    quantized(rows);
    row(rows, "Cast", 6, "What depends on an input: sums of products, and codes with scale 1, to float32.",
        ConstantImport::cast);
    rows.add(new Row(new SupportedOperator("Constant", 1, "A tensor, numbers or lists of numbers."),
        c -> OperatorImport.of(s -> ConstantImport.constant(s, c))));
    rows.add(new Row(new SupportedOperator("ConstantOfShape", 9, "At most 2^24 elements."),
        c -> OperatorImport.of(s -> ConstantImport.ofShape(s, c))));
    rows.sort((a, b) -> a.operator().name().compareTo(b.operator().name()));
    return List.copyOf(rows);
  }

  private static void quantized(List<Row> rows) {
    row(rows, "DequantizeLinear", 10, "Of constants, or of int8 or uint8 with one scale.",
        QuantizationImport::dequantize);
    row(rows, "QuantizeLinear", 10, "To int8 or uint8; with one scale what depends on an input.",
        QuantizationImport::quantize);
    row(rows, "QLinearConv", 10, "Int8 or uint8 as QuantizeLinear makes them; constant weights.", QLinearImport::conv);
    row(rows, "QLinearMatMul", 10, "Likewise; a constant right matrix with one scale, or one a column.",
        QLinearImport::matMul);
    row(rows, "ConvInteger", 10, "Likewise; one zero point; the result, int32, is an output or cast to float32.",
        IntegerImport::conv);
    row(rows, "MatMulInteger", 10, "Likewise; a constant right matrix.", IntegerImport::matMul);
    row(rows, "QLinearAdd", 7, OF_MICROSOFT, QLinearImport::add);
    row(rows, "QLinearMul", 7, OF_MICROSOFT, QLinearImport::mul);
    row(rows, "QGemm", 7, OF_MICROSOFT + " Constant B and C.", QLinearImport::gemm);
    row(rows, "QLinearConcat", 7, OF_MICROSOFT, QLinearImport::concat);
    row(rows, "QLinearAveragePool", 7, OF_MICROSOFT + " Channels first.", QLinearImport.unary(PoolingImport::average));
    row(rows, "QLinearGlobalAveragePool", 7, OF_MICROSOFT + " Channels first.",
        QLinearImport.unary(PoolingImport::globalAverage));
    row(rows, "QLinearSigmoid", 7, OF_MICROSOFT, QLinearImport.unary(ActivationImport.of(new Op.Logistic())));
    row(rows, "QLinearLeakyRelu", 7, OF_MICROSOFT, QLinearImport.unary(ActivationImport::leakyRelu));
    row(rows, "QLinearSoftmax", 7, OF_MICROSOFT, QLinearImport.unary(QLinearImport::softmax));
  }

  private static void row(List<Row> rows, String name, int since, String restrictions, Single single) {
    several(rows, name, since, restrictions, OperatorImport.of(single));
  }

  private static void several(List<Row> rows, String name, int since, String restrictions, OperatorImport importer) {
    rows.add(new Row(new SupportedOperator(name, since, restrictions), c -> importer));
  }

  private static void computed(List<Row> rows) {
    row(rows, "Conv", 1, WINDOWS + "; groups; constant weights.", ConvolutionImport::conv);
    row(rows, "MaxPool", 1, WINDOWS + "; ceil_mode; without indices.", PoolingImport::max);
    row(rows, "AveragePool", 1, WINDOWS + "; ceil_mode; count_include_pad.", PoolingImport::average);
    row(rows, "GlobalAveragePool", 1, "", PoolingImport::globalAverage);
    row(rows, "GlobalMaxPool", 1, "", PoolingImport::globalMax);
    row(rows, "ReduceMean", 1, "Rank 1 to 4.", ReductionImport::mean);
    row(rows, "ArgMax", 1, "The result is int32.", ReductionImport::argMax);
    row(rows, "Softmax", 1, "Any axis.", ReductionImport::softmax);
    row(rows, "LogSoftmax", 1, "Any axis.", ReductionImport::logSoftmax);
    row(rows, "BatchNormalization", 6, "Of constants: not in training.", NormalizationImport::batch);
    row(rows, "LRN", 1, "Size 1 to 64.", NormalizationImport::localResponse);
    row(rows, "Gemm", 6, "Constant B and C.", MatrixImport::gemm);
    row(rows, "MatMul", 1, "A constant right matrix, or a stack of them.", MatrixImport::matMul);
    row(rows, "Add", 7, FLOAT, ArithmeticImport::add);
    row(rows, "Sub", 7, FLOAT, ArithmeticImport::sub);
    row(rows, "Mul", 7, FLOAT, ArithmeticImport::mul);
    row(rows, "Div", 7, FLOAT, ArithmeticImport::div);
    row(rows, "Sum", 6, FLOAT, ArithmeticImport.several(new Op.Add(Clamp.NONE, Rounding.TIES_EVEN)));
    row(rows, "Min", 6, FLOAT, ArithmeticImport.several(new Op.Elementwise(BinaryFunction.MIN)));
    row(rows, "Max", 6, FLOAT, ArithmeticImport.several(new Op.Elementwise(BinaryFunction.MAX)));
    row(rows, "PRelu", 1, "Constant slopes.", ArithmeticImport::prelu);
    row(rows, "Relu", 1, "", ActivationImport::relu);
    row(rows, "LeakyRelu", 1, "", ActivationImport::leakyRelu);
    row(rows, "Elu", 6, "", ExponentialImport::elu);
    row(rows, "Celu", 12, "", ExponentialImport::celu);
    row(rows, "Clip", 1, "Constant limits.", ActivationImport::clip);
    row(rows, "Sigmoid", 1, "", ActivationImport.of(new Op.Logistic()));
    row(rows, "HardSigmoid", 1, "", ActivationImport::hardSigmoid);
    row(rows, "HardSwish", 14, "", ActivationImport.of(new Op.HardSwish()));
    row(rows, "Swish", 24, "Alpha 1.", ActivationImport::swish);
    row(rows, "Tanh", 1, "", ActivationImport.of(new Op.Tanh()));
    row(rows, "Abs", 1, "", ActivationImport::abs);
    row(rows, "Neg", 1, "", ActivationImport::neg);
    row(rows, "Reciprocal", 1, "", ActivationImport::reciprocal);
    row(rows, "Resize", 10, "Nearest, linear, cubic; antialias.", ResizeImport::resize);
    row(rows, "Upsample", 7, "Nearest and linear.", ResizeImport::upsample);
  }

  private static void moved(List<Row> rows) {
    row(rows, "Transpose", 1, "", ViewImport::transpose);
    row(rows, "Reshape", 1, "A constant shape, or one computed from shapes.", ViewImport::reshape);
    row(rows, "Flatten", 1, "", ViewImport::flatten);
    row(rows, "Squeeze", 1, "Constant axes.", ViewImport::squeeze);
    row(rows, "Unsqueeze", 1, "Constant axes.", ViewImport::unsqueeze);
    row(rows, "Identity", 1, "", ViewImport::identity);
    several(rows, "Dropout", 1, "Not in training.", ViewImport::dropout);
    row(rows, "DepthToSpace", 1, "", ViewImport::depthToSpace);
    row(rows, "SpaceToDepth", 1, "", ViewImport::spaceToDepth);
    row(rows, "Shape", 1, "", ViewImport::shape);
    row(rows, "Size", 1, "", ViewImport::size);
    row(rows, "Concat", 1, "Rank 1 to 4.", MovementImport::concat);
    several(rows, "Split", 2, "Rank 1 to 4; no empty part.", MovementImport::split);
    row(rows, "Slice", 1, "Rank 1 to 4; constant starts, ends, axes and steps.", MovementImport::slice);
    row(rows, "Gather", 1, "Rank 1 to 4; constant indices.", MovementImport::gather);
    row(rows, "Pad", 1, "Rank 1 to 4; constant, edge, reflect, wrap; constant pads.", PaddingImport::pad);
  }
}
