package io.bitwright.frontend;

import io.bitwright.frontend.onnx.OnnxImporter;
import io.bitwright.frontend.onnx.operator.SupportedOperator;
import io.bitwright.frontend.tflite.TfliteImporter;
import java.util.List;
import java.util.stream.Stream;

/** The operators of files that can be imported, as {@code inspect --supported-ops} and docs/operators.md show them. */
public final class SupportedOperators {
  private static final String CONSTANT_ONLY = "Where it computes a constant.";
  private static final List<String> FOLDED = List.of("PACK", "SHAPE", "STRIDED_SLICE");

  private SupportedOperators() {}

  /**
   * An operator of one file format.
   *
   * @param versions  of the operator that are taken, in words
   * @param restrictions  a sentence, or nothing
   */
  public record Row(String format, String operator, String versions, String restrictions) {}

  /** All rows, by format and name. */
  public static List<Row> rows() {
    Stream<Row> tflite = TfliteImporter.operators().stream()
        .map(name -> new Row("TFLite", name, "all", FOLDED.contains(name) ? CONSTANT_ONLY : ""));
    Stream<Row> onnx = OnnxImporter.operators().stream().map(SupportedOperators::row);
    return Stream.concat(onnx, tflite).toList();
  }

  private static Row row(SupportedOperator operator) {
    return new Row("ONNX", operator.name(), "operator sets " + operator.since() + " to " + OnnxImporter.NEWEST_OPSET,
        operator.restrictions());
  }
}
