package io.bitwright.ir.passes;

import io.bitwright.ir.graph.Node;
import io.bitwright.ir.graph.RealMeaning;
import io.bitwright.ir.op.Op;
import io.bitwright.ir.rewrite.Match;
import io.bitwright.ir.rewrite.Rule;
import io.bitwright.ir.scalar.Scalar;
import io.bitwright.ir.scalar.ScalarEvaluator;
import io.bitwright.ir.type.TensorData;
import io.bitwright.ir.type.TensorType;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A quantisation of what is computed element by element, in f32, of one 8-bit tensor and of constants with equal elements,
 * is a function of its codes: a table, whatever is computed.
 */
final class FoldRealFunction implements Rule {
  /** Operators beyond which a function is left as it is. */
  private static final int LONGEST = 32;

  @Override
  public Optional<Node> apply(Node node, Match match) {
    boolean quantizes = node.op() instanceof Op.Quantize && node.operand(0).type().isFloat()
        && node.type().element().is8Bit() && node.type().isPerTensor() && !(node.operand(0).op() instanceof Op.Input);
    if (!quantizes) {
      return Optional.empty();
    }
    Function function = new Function();
    return function.of(node.operand(0)).flatMap(reals -> function.table(node, reals));
  }

  /** The f32 tensors that lead from the codes to the quantisation, each by its 256 values. */
  private static final class Function {
    private final Map<Node, Optional<float[]>> known = new IdentityHashMap<>();
    private Node argument;

    Optional<float[]> of(Node node) {
      if (!known.containsKey(node)) {
        known.put(node, known.size() < LONGEST ? computed(node) : Optional.empty());
      }
      return known.get(node);
    }

    private Optional<float[]> computed(Node node) {
      if (node.isConstant()) {
        return uniform(node);
      } else if (node.op() instanceof Op.Dequantize) {
        return dequantized(node);
      }
      Optional<Scalar> meaning = RealMeaning.of(node);
      if (meaning.isEmpty()) {
        return Optional.empty();
      }
      ScalarEvaluator evaluator = new ScalarEvaluator(meaning.get(), 256);
      for (int i = 0; i < node.operands().size(); i++) {
        Node operand = node.operand(i);
        Optional<float[]> reals = of(operand);
        boolean one = operand.isConstant() || operand.type().shape().equals(node.type().shape());
        if (reals.isEmpty() || !one) {
          return Optional.empty();
        }
        System.arraycopy(reals.get(), 0, evaluator.reals(i), 0, 256);
      }
      evaluator.run(256);
      return Optional.of(evaluator.realResult(0).clone());
    }

    private static Optional<float[]> uniform(Node constant) {
      float[] elements = constant.constant().reals();
      int first = elements.length == 0 ? 0 : Float.floatToRawIntBits(elements[0]);
      for (float element : elements) {
        if (Float.floatToRawIntBits(element) != first) {
          return Optional.empty();
        }
      }
      float[] all = new float[256];
      Arrays.fill(all, Float.intBitsToFloat(first));
      return Optional.of(all);
    }

    private Optional<float[]> dequantized(Node node) {
      TensorType type = node.operand(0).type();
      boolean own = argument == null || argument == node.operand(0);
      if (!own || !type.element().is8Bit() || !type.isPerTensor() || node.operand(0).isConstant()) {
        return Optional.empty();
      }
      argument = node.operand(0);
      ScalarEvaluator evaluator = new ScalarEvaluator(RealMeaning.of(node).orElseThrow(), 256);
      for (int i = 0; i < 256; i++) {
        evaluator.ints(0)[i] = i - 128;
      }
      evaluator.run(256);
      return Optional.of(evaluator.realResult(0).clone());
    }

    /** The quantisation as a table; empty where no codes were met, or those of another shape. */
    Optional<Node> table(Node quantize, float[] reals) {
      if (argument == null || !argument.type().shape().equals(quantize.type().shape())) {
        return Optional.empty();
      }
      ScalarEvaluator evaluator = new ScalarEvaluator(RealMeaning.of(quantize).orElseThrow(), 256);
      System.arraycopy(reals, 0, evaluator.reals(0), 0, 256);
      evaluator.run(256);
      byte[] raw = new byte[256];
      for (int i = 0; i < 256; i++) {
        raw[i] = (byte) (evaluator.intResult(0)[i] + quantize.type().storedOffset());
      }
      CodeTable table =
          new CodeTable(argument.type().element(), TensorData.ofRaw(quantize.type().element(), raw));
      return Optional.of(table.replacing(quantize, argument));
    }
  }
}
