package io.bitwright.hls;

import io.bitwright.dataflow.Stage;
import io.bitwright.hls.StageModel.Function;
import io.bitwright.ir.kernel.Kernel;
import io.bitwright.ir.scalar.Interval;
import io.bitwright.ir.scalar.Scalar;
import io.bitwright.ir.scalar.ScalarEvaluator;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** The model of softmax: tables of what depends on 256 differences, scalar bodies of the rest. */
final class SoftmaxModel {
  private static final int DIFFERENCES = 256;

  private SoftmaxModel() {}

  static StageModelBuilder of(Stage.Softmax stage, Style style) {
    Kernel.RowSoftmax kernel = stage.kernel();
    int channels = stage.input().channels();
    long[] exponentials = LongStream.range(0, DIFFERENCES).map(d -> evaluate(kernel.exponential(), -d)).toArray();
    long[] terms = LongStream.of(exponentials).map(e -> evaluate(kernel.term(), e)).toArray();
    long output = stage.cyclesPerPixel() / channels - 2;
    return new StageModelBuilder(stage, style, "bw_softmax")
        .constant("PIXELS", stage.input().pixels()).constant("CHANNELS", channels)
        .constant("RESULT_CYCLES", output)
        .constant("RECIPROCAL_CYCLES", stage.cyclesPerPixel() - channels * (2 + output))
        .type("typedef " + ScalarText.type(kernel.reciprocal().inputs().get(0).interval()) + " sum_t;")
        .type("typedef " + ScalarText.type(Interval.of(0, LongStream.of(exponentials).max().orElseThrow())) + " e_t;")
        .type(reciprocalType(kernel.reciprocal()))
        .lookup("e_t", "exponential", "difference", boxed(exponentials), "int", 1)
        .lookup("sum_t", "term", "difference", boxed(terms), "int", 1)
        .function(reciprocal(kernel.reciprocal()))
        .function(scale(kernel.scale(), style))
        .memory("bw_code", "codes", "[" + channels + "]", List.of());
  }

  private static long evaluate(Scalar body, long input) {
    return ScalarEvaluator.evaluate(body, input);
  }

  private static List<Long> boxed(long[] entries) {
    return LongStream.of(entries).boxed().toList();
  }

  private static String reciprocalType(Scalar reciprocal) {
    StringBuilder fields = new StringBuilder("struct reciprocal_t {");
    for (int i = 0; i < reciprocal.results().size(); i++) {
      String type = ScalarText.type(reciprocal.results().get(i).interval());
      fields.append(' ').append(type).append(" r").append(i).append(';');
    }
    return fields.append(" };").toString();
  }

  private static Function reciprocal(Scalar body) {
    ScalarText text = ScalarText.of(body, "");
    List<String> statements = new ArrayList<>(text.statements());
    statements.add("reciprocal_t results;");
    for (int i = 0; i < text.results().size(); i++) {
      statements.add("results.r" + i + " = " + text.results().get(i) + ";");
    }
    return new Function("reciprocal_t", "reciprocal", "sum_t " + body.inputs().get(0).name(), "INLINE off",
        StageModelBuilder.tables(text, 1), List.of(), statements, "results");
  }

  /** {@code scale(e, r...)}: the reciprocal's results under the names of the body's inputs. */
  private static Function scale(Scalar body, Style style) {
    ScalarText text = ScalarText.of(body, "");
    List<String> statements = new ArrayList<>();
    IntStream.range(1, body.inputs().size()).filter(body::uses).forEach(i -> statements.add(
        "const " + ScalarText.type(body.inputs().get(i).interval()) + " " + body.inputs().get(i).name()
            + " = reciprocal.r" + (i - 1) + ";"));
    statements.addAll(text.statements());
    return new Function("bw_code", "scale", "e_t " + body.inputs().get(0).name() + ", const reciprocal_t& reciprocal",
        style.inlining(), StageModelBuilder.tables(text, 1), List.of(), statements, text.result());
  }
}
