package io.bitwright.conformance.golden;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.bitwright.conformance.golden.GoldenModel.Inference;
import io.bitwright.conformance.zoo.Reals;
import io.bitwright.frontend.ModelLoader;
import io.bitwright.frontend.quantise.Quantizer;
import io.bitwright.ir.diag.Diagnostics;
import io.bitwright.ir.graph.Graph;
import io.bitwright.ir.graph.Node;
import io.bitwright.ir.interp.Interpreter;
import io.bitwright.ir.interp.Trace;
import io.bitwright.ir.kernel.Lowering;
import io.bitwright.ir.memory.ScheduleChooser;
import io.bitwright.ir.op.Op;
import io.bitwright.ir.passes.StandardPipeline;
import io.bitwright.ir.rewrite.Pipeline;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Trained float networks, quantised: the answers that TFLite gives in float, the weights that its converter gives. */
class QuantisedGoldenTest {
  private static final double LEAST_COSINE = 0.995;

  private static Graph quantised(Graph real, List<Inference> calibration) {
    Graph prepared = Quantizer.prepare(real, Set.of(), Pipeline.Observer.NONE);
    Quantizer quantizer = new Quantizer();
    return quantizer.quantize(prepared,
        quantizer.observe(prepared, calibration.stream().map(i -> List.of(i.input())).toList()));
  }

  /**
   * Calibration sees every other input. The cosines are of the outputs, probabilities; the lowest seen is 0.9978. The
   * reference data's third float network, MobileNetV1 at width 0.25 with 1000 classes, is left out: six pictures are
   * too few.
   */
  @ParameterizedTest
  @ValueSource(strings = {"cifar_resnet8_float", "vww_96_float"})
  void answersOfTrainedNetworks(String name) {
    GoldenModel model = GoldenModel.read(name);
    Graph real = ModelLoader.load(model.file());
    List<Inference> inferences = model.inferences();
    Graph quantised = quantised(real,
        IntStream.range(0, inferences.size()).filter(i -> i % 2 == 0).mapToObj(inferences::get).toList());
    Interpreter interpreter = new Interpreter(
        ScheduleChooser.choose(Lowering.lower(StandardPipeline.create().run(quantised), new Diagnostics())));
    List<String> wrong = new ArrayList<>();
    for (Inference inference : inferences) {
      double[] expected = Reals.of(real.outputs().get(0).type(), inference.outputs().get(0));
      byte[] codes =
          Reals.codes(quantised.inputs().get(0).type(), Reals.of(real.inputs().get(0).type(), inference.input()));
      double[] actual = Reals.of(quantised.outputs().get(0).type(), interpreter.run(List.of(codes), Trace.NONE).get(0));
      double cosine = Reals.cosine(expected, actual);
      if (Reals.largest(expected) != Reals.largest(actual) || cosine < LEAST_COSINE) {
        wrong.add(inference.name() + ": cosine " + cosine);
      }
    }
    assertEquals(List.of(), wrong);
  }

  /** Every weight of a network that TFLite's own converter quantised from the same floats. */
  @Test
  void weightsOfTheConverter() {
    GoldenModel model = GoldenModel.read("mbnet128_0.25_float");
    Map<Integer, Node> own = weights(quantised(ModelLoader.load(model.file()), model.inferences()));
    Map<Integer, Node> converter = weights(ModelLoader.load(GoldenModel.read("mbnet128_0.25_int8").file()));
    assertEquals(28, converter.size());
    converter.forEach((operator, weights) -> assertArrayEquals(
        weights.constant().toRaw(), own.get(operator).constant().toRaw(), "weights of operator " + operator));
  }

  /** By the operator that has them. */
  private static Map<Integer, Node> weights(Graph graph) {
    Map<Integer, Node> weights = new TreeMap<>();
    graph.nodes().stream().filter(n -> n.op() instanceof Op.Conv2d || n.op() instanceof Op.DepthwiseConv2d)
        .forEach(n -> n.origins().forEach(o -> weights.put(o, n.operand(1))));
    return weights;
  }
}
