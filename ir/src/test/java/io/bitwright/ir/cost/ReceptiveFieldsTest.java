package io.bitwright.ir.cost;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.bitwright.ir.graph.Graph;
import io.bitwright.ir.graph.text.GraphParser;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Expected values are worked out by hand: field = field before + (kernel - 1) * stride so far. */
class ReceptiveFieldsTest {
  private static final String WEIGHTS = """
        %k = constant splat(1) : tensor<1x3x3x1 x f32>
        %p = constant splat(1) : tensor<1x1x1x1 x f32>
      """;

  /** {@code rows x columns / stride of rows x columns from row, column}, and what is seen besides. */
  private static String field(String statements) {
    Graph graph = GraphParser.parse("graph @g {\n  %x = input : tensor<1x16x16x1 x f32>\n" + WEIGHTS + statements
        + "\n  return %y\n}\n");
    return text(new ReceptiveFields(graph).of(graph.outputs().get(0)));
  }

  private static String text(ReceptiveField field) {
    String window = field.window().map(w -> "%dx%d/%dx%d@%d,%d".formatted(w.rows().size(), w.columns().size(),
        w.rows().stride(), w.columns().stride(), w.rows().start(), w.columns().start())).orElse("-");
    return window + (field.wholeInput() ? " all" : "");
  }

  /** Two 3x3 convolutions and a 2x2 pooling, twice, as VGG begins: 3, 5, 6, then 6 + 2*2, + 2*2, + 1*2. */
  @Test
  void chainsAddUp() {
    assertEquals("16x16/4x4@-6,-6", field("""
        %0 = conv2d %x, %k {kernel=3x3, pad=[1,1,1,1], round=single} : tensor<1x16x16x1 x f32>
        %1 = conv2d %0, %k {kernel=3x3, pad=[1,1,1,1], round=single} : tensor<1x16x16x1 x f32>
        %2 = max_pool2d %1 {kernel=2x2, stride=2x2} : tensor<1x8x8x1 x f32>
        %3 = conv2d %2, %k {kernel=3x3, pad=[1,1,1,1], round=single} : tensor<1x8x8x1 x f32>
        %4 = conv2d %3, %k {kernel=3x3, pad=[1,1,1,1], round=single} : tensor<1x8x8x1 x f32>
        %y = max_pool2d %4 {kernel=2x2, stride=2x2} : tensor<1x4x4x1 x f32>
        """));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(delimiter = ';', value = {
      "dilation; 5x3/1x1@-2,0; %y = conv2d %x, %k "
          + "{kernel=3x3, dilation=2x1, pad=[2,2,0,0], round=single} : tensor<1x16x14x1 x f32>",
      "padding at the end; 3x3/2x2@0,0; %y = conv2d %x, %k "
          + "{kernel=3x3, stride=2x2, pad=[0,1,0,1], round=single} : tensor<1x8x8x1 x f32>",
      "rows and columns; 3x1/1x2@-1,0; %y = max_pool2d %x "
          + "{kernel=3x1, stride=1x2, pad=[1,1,0,0]} : tensor<1x16x8x1 x f32>",
      "padding of its own; 1x1/1x1@-2,-1; %y = pad %x {before=[0,2,1,0], after=[0,0,0,0]} : tensor<1x18x17x1 x f32>",
      "cut; 1x1/1x1@3,4; %y = slice %x {begin=[0,3,4,0], extent=[1,2,2,1]} : tensor<1x2x2x1 x f32>",
      "pooling of the map; - all; %y = average_pool2d %x {kernel=16x16} : tensor<1x1x1x1 x f32>",
      "mean; - all; %y = mean %x {axes=[1,2], keep_dims=false, round=single} : tensor<1x1 x f32>",
      "flattened; - all; %y = reshape %x : tensor<1x256 x f32>",
      "of channels; 1x1/1x1@0,0; %y = softmax %x {beta=1} : tensor<1x16x16x1 x f32>"})
  void singleOperators(String what, String expected, String statement) {
    assertEquals(expected, field(statement));
  }

  @Test
  void branchesMeetInTheirUnion() {
    String branches = """
        %0 = conv2d %x, %k {kernel=3x3, pad=[1,1,1,1], round=single} : tensor<1x16x16x1 x f32>
        %1 = max_pool2d %x {kernel=5x1, pad=[2,2,0,0]} : tensor<1x16x16x1 x f32>
        """;
    assertEquals("5x3/1x1@-2,-1", field(branches + "%y = add %0, %1 {round=single} : tensor<1x16x16x1 x f32>"));
    assertEquals("5x3/1x1@-2,-1", field(branches + "%y = concat %0, %1 {axis=3} : tensor<1x16x16x2 x f32>"));
  }

  /** One branch looks to the left, one to the right: the union is larger than the largest. */
  @Test
  void branchesThatAreNotAlignedSeeMoreThanEitherOfThem() {
    assertEquals("5x5/1x1@-2,-2", field("""
        %0 = max_pool2d %x {kernel=3x3, pad=[2,0,2,0]} : tensor<1x16x16x1 x f32>
        %1 = max_pool2d %x {kernel=3x3, pad=[0,2,0,2]} : tensor<1x16x16x1 x f32>
        %y = add %0, %1 {round=single} : tensor<1x16x16x1 x f32>
        """));
  }

  @Test
  void aGateSeesTheWholeInputBesides() {
    assertEquals("3x3/1x1@-1,-1 all", field("""
        %0 = conv2d %x, %k {kernel=3x3, pad=[1,1,1,1], round=single} : tensor<1x16x16x1 x f32>
        %1 = mean %0 {axes=[1,2], keep_dims=true, round=single} : tensor<1x1x1x1 x f32>
        %2 = conv2d %1, %p {kernel=1x1, round=single} : tensor<1x1x1x1 x f32>
        %3 = logistic %2 : tensor<1x1x1x1 x f32>
        %y = mul %0, %3 {round=single} : tensor<1x16x16x1 x f32>
        """));
  }

  @Test
  void theLastMapIsTheOneBeforePositionsAreLost() {
    Graph graph = GraphParser.parse("""
        graph @g {
          %x = input : tensor<1x4x4x1 x f32>
          %0 = max_pool2d %x {kernel=3x3, pad=[1,1,1,1]} : tensor<1x4x4x1 x f32> "pool"
          %1 = logistic %0 : tensor<1x4x4x1 x f32> "last"
          %2 = average_pool2d %1 {kernel=4x4} : tensor<1x1x1x1 x f32> "global"
          return %2
        }
        """);
    NetworkCost cost = NetworkCost.of(graph);
    assertEquals("last", cost.lastMap().orElseThrow().name());
    assertEquals(List.of("3x3/1x1@-1,-1", "3x3/1x1@-1,-1", "- all"),
        cost.layers().stream().map(l -> text(l.receptiveField())).toList());
    assertEquals("1x1/1x1@0,0", text(new ReceptiveFields(graph).of(graph.inputs().get(0))));
  }
}
