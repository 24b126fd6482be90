package io.bitwright.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.bitwright.cli.Bitwright.Outcome;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code quantize}, and {@code --calibrate} on the commands that compile. */
class QuantizeCommandTest {
  private static final String DIGITS = Bitwright.ROOT.resolve("examples/digits/digits_float.tflite").toString();
  private static final String IMAGES = Bitwright.ROOT.resolve("examples/digits/test_images.npy").toString();

  private static byte[] plain;

  private static Outcome done(String... arguments) {
    Outcome outcome = Bitwright.run(arguments);
    assertEquals(0, outcome.status(), outcome.err());
    return outcome;
  }

  private static int largest(String model, Path picture) {
    JsonObject json = JsonParser.parseString(
        done("run", model, "--on", "interpreter", "--input", picture.toString(), "--top", "1", "--json").out())
        .getAsJsonObject();
    return json.getAsJsonArray("outputs").get(0).getAsJsonObject().getAsJsonArray("top").get(0).getAsJsonObject()
        .get("index").getAsInt();
  }

  @Test
  void theFileAnswersAsTheFloatNetworkDoes(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("new/digits.tflite");
    Outcome outcome = done("quantize", DIGITS, "--calibrate", IMAGES, "-o", file.toString());
    assertEquals("", outcome.err());
    String table = outcome.out();
    assertTrue(table.startsWith("operator ") && table.contains("alone dB  network dB\n"), table);
    assertTrue(table.matches("(?s).*output \\S+: [0-9.]+ dB, the largest element in the same place as in float on 8 of 8"
        + " calibration inputs\ncalibrated with \\d+ inputs\n.*digits.tflite: [0-9,]+ bytes\n"), table);
    try (var pictures = Files.list(Bitwright.ROOT.resolve("examples/digits/pictures"))) {
      for (Path picture : pictures.filter(p -> p.toString().endsWith(".png")).sorted().toList()) {
        assertEquals(largest(DIGITS, picture), largest(file.toString(), picture), picture.toString());
      }
    }
  }

  @Test
  void figuresOfEveryOperator(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("digits.tflite");
    JsonObject json = JsonParser.parseString(
        done("quantize", DIGITS, "--calibrate", IMAGES, "-o", file.toString(), "--json").out()).getAsJsonObject();
    assertEquals(Files.size(file), json.get("bytes").getAsLong());
    JsonArray layers = json.getAsJsonArray("layers");
    assertEquals("input", layers.get(0).getAsJsonObject().get("op").getAsString());
    JsonObject last = layers.get(layers.size() - 1).getAsJsonObject();
    assertTrue(last.get("networkDecibels").getAsDouble() > 20, last.toString());
    assertEquals(last.get("compared"), last.get("sameLargest"));
  }

  @BeforeAll
  static void quantiseWithoutChoices(@TempDir Path folder) throws IOException {
    plain = quantised(folder);
  }

  @Test
  void theSameAgain(@TempDir Path folder) throws IOException {
    assertArrayEquals(plain, quantised(folder));
  }

  @ParameterizedTest
  @ValueSource(strings = {"--range min_max", "--range moving_average", "--range percentile", "--weight-scales per_tensor",
      "--no-bias-correction"})
  void choicesChangeTheFile(String choice, @TempDir Path folder) throws IOException {
    assertFalse(java.util.Arrays.equals(plain, quantised(folder, choice.split(" "))));
  }

  /** The file that the command writes. */
  private static byte[] quantised(Path folder, String... choices) throws IOException {
    Path file = folder.resolve("digits.tflite");
    List<String> arguments = new ArrayList<>(List.of("quantize", DIGITS, "--calibrate", IMAGES, "-o", file.toString()));
    arguments.addAll(List.of(choices));
    done(arguments.toArray(String[]::new));
    return Files.readAllBytes(file);
  }

  /** Three pictures, one in a subfolder. */
  private static Path pictures(Path parent) throws IOException {
    Path folder = parent.resolve("pictures");
    for (String name : List.of("a.png", "b.bmp", "class/c.png")) {
      Path file = folder.resolve(name);
      Files.createDirectories(file.getParent());
      BufferedImage image = new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB);
      for (int i = 0; i < 1200; i++) {
        image.setRGB(i % 40, i / 40, (i * 7 + name.hashCode()) & 0xffffff);
      }
      ImageIO.write(image, name.substring(name.length() - 3), file.toFile());
    }
    return folder;
  }

  @Test
  void foldersAreReadWithTheirSubfolders(@TempDir Path folder) throws IOException {
    Outcome outcome = done("quantize", "zoo:squeezenet1_1", "--set", "resolution=64", "--calibrate",
        pictures(folder).toString(), "-o", folder.resolve("x.tflite").toString());
    assertTrue(outcome.out().contains("calibrated with 3 inputs\n"), outcome.out());
  }

  @Test
  void allBadFilesAreNamed(@TempDir Path folder) throws IOException {
    Path pictures = pictures(folder);
    Files.writeString(pictures.resolve("broken.png"), "no picture");
    Files.write(pictures.resolve("class/short.bin"), new byte[5]);
    Outcome outcome = Bitwright.run("quantize", DIGITS, "--calibrate", pictures.toString(), "-o",
        folder.resolve("x.tflite").toString());
    assertEquals(1, outcome.status());
    assertTrue(outcome.err().contains("broken.png") && outcome.err().contains("short.bin"), outcome.err());
    assertFalse(Files.exists(folder.resolve("x.tflite")));
  }

  @Test
  void aQuantisedNetworkIsWrittenAsItIs(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("same.tflite");
    Outcome outcome = done("quantize", Bitwright.DIGITS, "--calibrate", IMAGES, "-o", file.toString());
    assertEquals("note: " + Bitwright.DIGITS + " is quantised already, it is written as it is\n", outcome.err());
    String picture = Bitwright.ROOT.resolve("examples/digits/test_images.npy").toString();
    assertTrue(Files.size(file) > 1000, picture);
    assertEquals(done("inspect", Bitwright.DIGITS, "--json").out().replaceAll("\"name\":\"[^\"]*\",", ""),
        done("inspect", file.toString(), "--json").out().replaceAll("\"name\":\"[^\"]*\",", ""));
  }

  @Test
  void commandsThatCompileCalibrateToo(@TempDir Path folder) throws IOException {
    Path out = folder.resolve("c");
    done("compile", DIGITS, "--calibrate", IMAGES, "--target", "c", "-o", out.toString());
    try (var sources = Files.list(out)) {
      assertTrue(sources.anyMatch(f -> f.toString().endsWith(".c")));
    }
    assertTrue(done("verify", DIGITS, "--calibrate", IMAGES, "--random", "2", "--targets", "c").out().contains("equal"));
    Outcome already = done("verify", Bitwright.DIGITS, "--calibrate", IMAGES, "--random", "1", "--targets", "c");
    assertEquals("note: " + Bitwright.DIGITS + " is quantised already, --calibrate changes nothing\n", already.err());
  }

  @ParameterizedTest
  @CsvSource(delimiter = ';', value = {
      "quantize x.tflite -o y.tflite;Missing required option: '--calibrate=DIR|FILE.npy'",
      "quantize x.tflite --calibrate z -o y.onnx;-o y.onnx: the file's name must end with .tflite",
      "quantize x.tflite --calibrate z --range kl -o y.tflite;--range must be one of mse, min_max, moving_average, percentile",
      "quantize x.tflite --calibrate z --equalize all -o y.tflite;--equalize all: a TFLite file cannot hold",
      "compile x.tflite --target c -o y --range mse;--range goes with --calibrate",
      "verify x.tflite --weight-scales per_tensor;--weight-scales goes with --calibrate"})
  void usage(String line, String message) {
    Outcome outcome = Bitwright.run(line.split(" "));
    assertEquals(2, outcome.status(), outcome.err());
    assertTrue(outcome.err().contains(message), outcome.err());
  }
}
