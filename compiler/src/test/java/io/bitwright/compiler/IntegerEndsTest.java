package io.bitwright.compiler;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bitwright.boards.Boards;
import io.bitwright.compiler.Inference.Layers;
import io.bitwright.compiler.data.InputFile;
import io.bitwright.compiler.data.ModelTensor;
import io.bitwright.compiler.data.Preprocessing;
import io.bitwright.ir.graph.Graph;
import io.bitwright.ir.graph.text.GraphParser;
import io.bitwright.ir.type.ElementType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Networks of integers between float ends, for targets that take integers only. */
class IntegerEndsTest {
  private static final Compiler PLAIN = new Compiler(CompileOptions.DEFAULT, CompileObserver.NONE);
  private static final String NETWORK = """
      graph @net {
        %x = input : tensor<1x4x4x3 x f32> "picture"
        %p = pad %x {before=[0,1,1,0], after=[0,1,1,0]} : tensor<1x6x6x3 x f32>
        %q = quantize %p {round=ties_even} : tensor<1x6x6x3 x i8, q(0.0078125, -3)>
        %w = constant seeded(1) : tensor<2x3x3x3 x i8, q(axis=0, [0.01, 0.02])> "w"
        %c = conv2d %q, %w {stride=1x1, round=ties_even} : tensor<1x4x4x2 x i8, q(0.09, 5)>
        %m = mean %c {axes=[1,2], keep_dims=true, round=ties_even} : tensor<1x1x1x2 x i8, q(0.09, 5)>
        %d = dequantize %m : tensor<1x1x1x2 x f32>
        %r = reshape %d : tensor<1x2 x f32> "scores"
        return %r
      }
      """;

  private static Graph parse(String text) {
    return GraphParser.parse(text);
  }

  private static byte[] reals(Network network, long seed) {
    List<byte[]> inputs = SeededInputs.frame(network.imported().inputs().stream().map(n -> n.type()).toList(), seed);
    ByteBuffer raw = ByteBuffer.wrap(inputs.get(0)).order(ByteOrder.LITTLE_ENDIAN);
    raw.putFloat(0, 0.5f / 128).putFloat(4, -1.5f / 128).putFloat(8, 7); // ties and what saturates
    return inputs.get(0);
  }

  private static byte[] run(Compiler compiler, Network network, byte[] input) {
    return new Inference(compiler, network, Boards.find("host").board())
        .run(Inference.INTERPRETER, List.of(List.of(input)), Layers.NONE).outputs().get(0).get(0);
  }

  /** Codes in, codes out; with the conversions of the host around them the bytes are those of the float ends. */
  @Test
  void endsGoAndTheHostConverts() {
    Network whole = PLAIN.compile(parse(NETWORK), "net.txt");
    Network inner = PLAIN.integersOnly().compile(parse(NETWORK), "net.txt");
    assertEquals(List.of(), whole.convertedEnds());
    assertEquals(List.of("input 'picture' is i8, real = 0.0078125 * (code - -3)",
        "output 'scores' is i8, real = 0.09 * (code - 5)"), inner.convertedEnds());
    assertFalse(inner.isQuantized());
    assertTrue(inner.optimised().nodes().stream().noneMatch(n -> n.type().isFloat()));
    assertEquals(List.of(1, 2), inner.outputTypes().get(0).shape().dims());
    ModelTensor in = inner.inputs().get(0);
    ModelTensor out = inner.outputs().get(0);
    assertEquals(ElementType.F32, in.ownType().element());
    for (long seed = 0; seed < 20; seed++) {
      byte[] reals = reals(inner, seed);
      byte[] expected = run(PLAIN, whole, reals);
      byte[] codes = run(PLAIN, inner, in.toNetwork(reals));
      assertEquals(2, codes.length);
      assertArrayEquals(expected, out.toOwn(codes), "seed " + seed);
      assertArrayEquals(codes, out.toNetwork(out.toOwn(codes)), "and back");
    }
  }

  /** A file is read as the model's file takes it, whatever the compiled network takes: p / 255 of a sample. */
  @Test
  void filesAreThoseOfTheFloatNetwork(@TempDir Path folder) throws IOException {
    Network whole = PLAIN.compile(parse(NETWORK), "net.txt");
    Network inner = PLAIN.integersOnly().compile(parse(NETWORK), "net.txt");
    Path raw = folder.resolve("x.bin");
    Files.write(raw, reals(inner, 3));
    Path picture = folder.resolve("x.png");
    var image = new java.awt.image.BufferedImage(5, 7, java.awt.image.BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 35; i++) {
      image.setRGB(i % 5, i / 5, 0x10703 * i);
    }
    javax.imageio.ImageIO.write(image, "png", picture.toFile());
    for (Path file : List.of(raw, picture)) {
      byte[] expected = run(PLAIN, whole, InputFile.read(file, whole.inputs().get(0), Preprocessing.PLAIN));
      byte[] codes = run(PLAIN, inner, InputFile.read(file, inner.inputs().get(0), Preprocessing.PLAIN));
      assertArrayEquals(expected, inner.outputs().get(0).toOwn(codes), file.toString());
    }
  }

  /** An input that something else takes, or that is quantised in two ways, stays; so does an output of reals. */
  @Test
  void otherEndsStay() {
    String twice = NETWORK.replace("return %r", """
        %e = quantize %p {round=ties_even} : tensor<1x6x6x3 x i8, q(0.5, -3)>
          return %r, %e""");
    assertEquals(List.of("output 'scores' is i8, real = 0.09 * (code - 5)"),
        PLAIN.integersOnly().compile(parse(twice), "net.txt").convertedEnds());
    String computed = NETWORK.replace("return %r", """
        %e = softmax %x {beta=1} : tensor<1x4x4x3 x f32>
          %s = softmax %r {beta=1} : tensor<1x2 x f32>
          return %s, %e""");
    assertEquals(List.of(), PLAIN.integersOnly().compile(parse(computed), "net.txt").convertedEnds());
  }
}
