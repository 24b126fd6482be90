package io.bitwright.conformance.zoo;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bitwright.ir.graph.Graph;
import io.bitwright.ir.graph.Node;
import io.bitwright.ir.op.Op;
import io.bitwright.ir.passes.StandardPipeline;
import io.bitwright.ir.type.Shape;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every table that folding makes in a network of the zoo, with the quantisations met there, has the results of the
 * operators it stands for, for all 256 codes: of one function, of chains, and of products of functions.
 */
class FoldedTablesTest {
  private static final Shape ALL_CODES = Shape.of(1, 1, 1, 256);

  static List<String> names() {
    return SmallNetwork.names();
  }

  @ParameterizedTest
  @MethodSource("names")
  void tablesAreTheirOperatorsOverAllCodes(String name) {
    Graph unfolded = SmallNetwork.of(name).quantised();
    Map<String, Node> byName = new HashMap<>();
    unfolded.nodes().forEach(n -> byName.put(n.name() + n.type(), n));
    int tables = 0;
    for (Node node : StandardPipeline.create().run(unfolded).nodes()) {
      if (node.op() instanceof Op.Table) {
        Node from = byName.get(node.operand(0).name() + node.operand(0).type());
        assertArrayEquals(results(byName.get(node.name() + node.type()), from), node.operand(1).constant().toRaw(),
            node.name());
        tables++;
      }
    }
    assertEquals(functions(unfolded), tables, "each function of one code is in one table");
  }

  /** What the interpreter of the operators between two nodes gives for the codes -128 to 127. */
  private static byte[] results(Node to, Node from) {
    Map<Node, Node> images = new IdentityHashMap<>();
    Node input = from.replacedBy(new Op.Input(), List.of(), from.type().withShape(ALL_CODES));
    images.put(from, input);
    Graph cone = new Graph("cone", List.of(input), List.of(image(to, images)));
    byte[] codes = new byte[256];
    for (int i = 0; i < codes.length; i++) {
      codes[i] = (byte) (i - 128);
    }
    return Variant.PLAIN.run(cone, List.of(codes)).get(0);
  }

  private static Node image(Node node, Map<Node, Node> images) {
    if (node.isConstant()) {
      assertEquals(1, node.type().shape().elements(), "a constant of a function of one code");
      return node;
    }
    assertTrue(images.containsKey(node) || !node.operands().isEmpty(), "'" + node.name() + "' is outside of the cone");
    if (!images.containsKey(node)) {
      List<Node> operands = node.operands().stream().map(o -> image(o, images)).toList();
      images.put(node, node.replacedBy(node.op(), operands, node.type().withShape(ALL_CODES)));
    }
    return images.get(node);
  }

  /** Operators that become tables: all of one code but clamps that leave the quantisation as it is. */
  private static long functions(Graph graph) {
    return graph.nodes().stream().filter(FoldedTablesTest::isFunction).count();
  }

  private static boolean isFunction(Node node) {
    Op op = node.op();
    boolean clamps = op instanceof Op.Relu || op instanceof Op.Clip;
    return op instanceof Op.HardSwish || op instanceof Op.HardSigmoid || op instanceof Op.Swish
        || op instanceof Op.Logistic || op instanceof Op.Quantize
        || clamps && !node.type().equals(node.operand(0).type());
  }

  /** The zoo has each of the functions that the test is about. */
  @Test
  void allFunctionsOccur() {
    Set<String> found = new TreeSet<>();
    for (String name : SmallNetwork.names()) {
      SmallNetwork.of(name).quantised().nodes().stream().filter(FoldedTablesTest::isFunction)
          .forEach(n -> found.add(n.op().getClass().getSimpleName()));
    }
    assertEquals(Set.of("HardSwish", "HardSigmoid", "Swish", "Logistic", "Relu"), found);
  }
}
