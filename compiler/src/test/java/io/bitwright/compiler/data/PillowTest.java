package io.bitwright.compiler.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Pictures against what Pillow gave for them. */
class PillowTest {
  static Stream<String> resized() throws IOException {
    return lines("pillow_bilinear.txt");
  }

  static Stream<String> decoded() throws IOException {
    return lines("pillow_pictures.txt");
  }

  private static Stream<String> lines(String name) throws IOException {
    String text = new String(resource(name), StandardCharsets.UTF_8);
    return text.lines().filter(line -> !line.startsWith("#"));
  }

  private static byte[] resource(String name) throws IOException {
    try (var in = PillowTest.class.getResourceAsStream(name)) {
      return in.readAllBytes();
    }
  }

  @ParameterizedTest
  @MethodSource("resized")
  void resizesAsPillow(String line) {
    String[] words = line.split(" ");
    List<Integer> sizes = Arrays.stream(words, 0, 5).map(Integer::valueOf).toList();
    byte[] samples = new byte[sizes.get(0) * sizes.get(1) * sizes.get(2)];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (byte) (i * i * 7 + i * 131 + i / 5 * 17);
    }
    Picture picture = new Picture(sizes.get(0), sizes.get(1), sizes.get(2), samples);
    Picture small = TriangleResize.resize(picture, sizes.get(3), sizes.get(4));
    assertEquals(words[5], HexFormat.of().formatHex(small.samples()));
  }

  @ParameterizedTest
  @MethodSource("decoded")
  void decodesAsPillow(String line) throws IOException {
    String[] words = line.split(" ");
    Picture picture = PictureFile.decode(resource(words[0]));
    byte[] expected = HexFormat.of().parseHex(words[2]);
    if (words[1].equals("L")) {
      assertArrayEquals(expected, picture.luma().samples());
    } else if (picture.channels() == 3) {
      assertArrayEquals(expected, picture.samples());
    } else {
      for (int i = 0; i < expected.length; i++) {
        assertEquals(expected[i], picture.samples()[i / 3]);
      }
    }
  }

  @Test
  void cutPicturesAreRefused() throws IOException {
    for (String name : List.of("rgb.png", "rgb.bmp", "rgb.jpg", "palette.png")) {
      byte[] whole = resource(name);
      for (int length = 0; length < Math.min(60, whole.length); length += 3) {
        byte[] cut = Arrays.copyOf(whole, length);
        assertThrows(MalformedDataException.class, () -> PictureFile.decode(cut), name + " cut to " + length);
      }
    }
  }

  @Test
  void aPictureThatClaimsToBeHugeIsRefused() throws IOException {
    byte[] png = resource("rgb.png");
    png[17] = 0x7f;
    png[21] = 0x7f;
    MalformedDataException e = assertThrows(MalformedDataException.class, () -> PictureFile.decode(png));
    assertEquals(true, e.getMessage().contains("limit 67108864"), e.getMessage());
  }
}
