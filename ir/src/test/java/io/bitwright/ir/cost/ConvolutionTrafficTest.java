package io.bitwright.ir.cost;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.bitwright.ir.graph.text.GraphParser;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An input of 16 elements, 2 channels of it expanded to 6, back to 3: tensors of 32, 96, 96 and 48 elements. */
class ConvolutionTrafficTest {
  private static final String BLOCK = """
      graph @block {
        %%x = input : tensor<1x4x4x2 x f32>
        %%w0 = constant splat(1) : tensor<6x1x1x2 x f32>
        %%w1 = constant splat(1) : tensor<1x3x3x6 x f32>
        %%w2 = constant splat(1) : tensor<3x1x1x6 x f32>
        %%e = conv2d %%x, %%w0 {kernel=1x1, round=single} : tensor<1x4x4x6 x f32>
      %s  %%d = depthwise_conv2d %%0, %%w1 {kernel=3x3, %s, round=single} : tensor<1x4x4x6 x f32>
      %s  %%y = conv2d %%1, %%w2 {kernel=1x1, round=single} : tensor<1x4x4x3 x f32>
        return %%y%s
      }
      """;
  private static final String SAME = "pad=[1,1,1,1]";
  private static final String FIRST = "  %0 = relu %e {kind=relu6, round=single} : tensor<1x4x4x6 x f32>\n";
  private static final String SECOND = "  %1 = relu %d {kind=relu6, round=single} : tensor<1x4x4x6 x f32>\n";

  private static ConvolutionTraffic traffic(String first, String padding, String second, String otherOutputs) {
    return ConvolutionTraffic.of(GraphParser.parse(BLOCK.formatted(first, padding, second, otherOutputs)));
  }

  private static List<Long> elements(ConvolutionTraffic t) {
    return List.of(t.unfused().elements(), t.pairsFused().elements(), t.blocksFused().elements());
  }

  private static final List<Long> FUSED = List.of(32L + 96 + 96 + 96 + 96 + 48, 32L + 96 + 96 + 48, 32L + 48);

  @Test
  void groupsReadTheirInputAndWriteTheirOutput() {
    ConvolutionTraffic traffic = traffic(FIRST, SAME, SECOND, "");
    assertEquals(FUSED, elements(traffic));
    assertEquals(4 * 464, traffic.unfused().bytes());
    assertEquals(Traffic.NONE, traffic.blocksShared());
  }

  /** An activation written out as operators runs along, and so does padding, which is not read either. */
  @Test
  void whatRunsAlongIsNotCounted() {
    String swish = "  %g = logistic %e : tensor<1x4x4x6 x f32>\n"
        + "  %0 = mul %e, %g {round=single} : tensor<1x4x4x6 x f32>\n";
    assertEquals(FUSED, elements(traffic(swish, SAME, SECOND, "")));
    String pad = "  %0 = pad %e {before=[0,1,1,0], after=[0,1,1,0]} : tensor<1x6x6x6 x f32>\n";
    assertEquals(FUSED, elements(traffic(pad, "pad=[0,0,0,0]", SECOND, "")));
  }

  @Test
  void aGateEndsAGroup() {
    String gate = "  %m = mean %d {axes=[1,2], keep_dims=true, round=single} : tensor<1x1x1x6 x f32>\n"
        + "  %g = logistic %m : tensor<1x1x1x6 x f32>\n"
        + "  %1 = mul %d, %g {round=single} : tensor<1x4x4x6 x f32>\n";
    assertEquals(List.of(464L, 464L, 464L), elements(traffic(FIRST, SAME, gate, "")));
  }

  /** Inner tensors that something else reads must be written: they are told, not counted. */
  @ParameterizedTest
  @CsvSource({"'', 0, 0", "', %0', 0, 96", "', %d', 96, 96", "', %e, %1', 96, 192"})
  void innerTensorsThatAreReadOutsideAreTold(String otherOutputs, long pairs, long blocks) {
    ConvolutionTraffic traffic = traffic(FIRST, SAME, SECOND, otherOutputs);
    assertEquals(FUSED, elements(traffic));
    assertEquals(List.of(pairs, blocks), List.of(traffic.pairsShared().elements(), traffic.blocksShared().elements()));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void neighboursAreThoseOfTheSourcesOrder(boolean reverse) {
    String text = """
        graph @two {
          %%x = input : tensor<1x4x4x2 x f32>
          %%w1 = constant splat(1) : tensor<1x3x3x2 x f32>
          %%w2 = constant splat(1) : tensor<2x1x1x2 x f32>
          %%d = depthwise_conv2d %%x, %%w1 {kernel=3x3, pad=[1,1,1,1], round=single} : tensor<1x4x4x2 x f32> origins=[0]
          %%a = conv2d %%d, %%w2 {kernel=1x1, round=single} : tensor<1x4x4x2 x f32> origins=[%d]
          %%b = conv2d %%x, %%w2 {kernel=1x1, round=single} : tensor<1x4x4x2 x f32> origins=[%d]
          return %%a, %%b
        }
        """.formatted(reverse ? 2 : 1, reverse ? 1 : 2);
    List<Long> elements = elements(ConvolutionTraffic.of(GraphParser.parse(text)));
    assertEquals(List.of(192L, reverse ? 192L : 128L), elements.subList(0, 2));
  }
}
