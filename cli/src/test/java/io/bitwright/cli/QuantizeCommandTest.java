package io.bitwright.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.bitwright.cli.Bitwright.Outcome;
import io.bitwright.compiler.data.ModelTensor;
import io.bitwright.compiler.data.OutputFile;
import io.bitwright.ir.type.Shape;
import io.bitwright.ir.type.TensorType;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
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
  void noisyOutputsAreSaidToBeBetterIn16Bits(@TempDir Path folder) {
    String file = folder.resolve("small.tflite").toString();
    String[] network = {"quantize", "zoo:mnasnet_small", "--set", "resolution=32", "--set", "alpha=0.35", "--set",
        "classes=10", "--weight-scales", "per_tensor", "--equalize", "none", "--range", "moving_average",
        "--no-bias-correction", "--calibrate", Bitwright.ROOT.resolve("examples/digits/pictures").toString(), "-o", file};
    String hint = "below 25 dB: --activations int16 leaves less noise, in tensors of twice the size\n";
    String narrow = done(network).out();
    assertTrue(narrow.contains(hint), narrow);
    String[] wide = java.util.Arrays.copyOf(network, network.length + 2);
    wide[network.length] = "--activations";
    wide[network.length + 1] = "int16";
    String table = done(wide).out();
    assertFalse(table.contains(hint), table);
    assertTrue(done("inspect", file).out().contains("i16"), "activations of 16 bits");
  }

  @ParameterizedTest
  @CsvSource({"--headroom, 0.5, --headroom must be 1 to 8", "--headroom, 9, --headroom must be 1 to 8",
      "--activations, int4, '--activations must be one of int8, int16'"})
  void settingsThatCannotBe(String option, String value, String message) {
    Outcome outcome = Bitwright.run("quantize", DIGITS, "--calibrate", IMAGES, "-o", "x.tflite", option, value);
    assertEquals(2, outcome.status());
    assertTrue(outcome.err().contains(message), outcome.err());
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
    done(with(List.of("quantize", DIGITS, "--calibrate", IMAGES, "-o", file.toString()), choices));
    return Files.readAllBytes(file);
  }

  private static String[] with(List<String> arguments, String... more) {
    List<String> all = new ArrayList<>(arguments);
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
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

  private static final String TWO_INPUTS = """
      network two() {
        input left: [4, 4, 1]
        input right: [4, 4, 1]
        return (left |> conv(2, 3)) + (right |> conv(2, 1))
      }
      """;

  /** Three inferences of a network with two inputs: raw files in a folder, and one array. */
  private static Path inferences(Path parent, String folder, String array) throws IOException {
    Path all = parent.resolve("inferences");
    Files.createDirectories(all.resolve(folder));
    ByteBuffer three = ByteBuffer.allocate(3 * 64).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < 48; i++) {
      three.putFloat(i * 0.37f - 7);
    }
    for (int i = 0; i < 3; i++) {
      ByteBuffer one = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
      for (int j = 0; j < 16; j++) {
        one.putFloat((i + 1) * (j - 3));
      }
      Files.write(all.resolve(folder).resolve(i + ".bin"), one.array());
    }
    OutputFile.write(all.resolve(array + ".npy"), List.of(ModelTensor.of(TensorType.f32(Shape.of(3, 4, 4, 1)))),
        List.of(three.array()));
    return all;
  }

  @Test
  void severalInputsHaveAFolderOrAnArrayEach(@TempDir Path folder) throws IOException {
    Path network = Files.writeString(folder.resolve("two.bw"), TWO_INPUTS);
    List<byte[]> files = new ArrayList<>();
    for (List<String> names : List.of(List.of("left", "right"), List.of("right", "left"))) {
      Path parent = Files.createDirectory(folder.resolve(names.get(0)));
      Path file = parent.resolve("two.tflite");
      Outcome outcome = done("quantize", network.toString(), "--calibrate",
          inferences(parent, names.get(0), names.get(1)).toString(), "-o", file.toString());
      assertTrue(outcome.out().contains("calibrated with 3 inputs\n"), outcome.out());
      files.add(Files.readAllBytes(file));
    }
    assertFalse(java.util.Arrays.equals(files.get(0), files.get(1)), "which input is which does not count");
  }

  /** An inference is the files of equal position: the third is answered as when it is given by itself. */
  @Test
  void verifyTakesTheSameFolder(@TempDir Path folder) throws IOException {
    String network = Files.writeString(folder.resolve("two.bw"), TWO_INPUTS).toString();
    Path all = inferences(folder, "left", "right");
    String given = folder.resolve("given").toString();
    Outcome outcome = done("verify", network, "--inputs", all.toString(), "--targets", "c");
    assertTrue(outcome.out().lines().anyMatch(l -> l.matches("c +3 +3 .*equal")), outcome.out());
    Path last = folder.resolve("last.npy");
    ByteBuffer one = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 32; i < 48; i++) {
      one.putFloat(i * 0.37f - 7);
    }
    OutputFile.write(last, List.of(ModelTensor.of(TensorType.f32(Shape.of(1, 4, 4, 1)))), List.of(one.array()));
    for (int i = 0; i < 3; i++) {
      done("run", network, "--input", all.resolve("left/" + i + ".bin").toString(), "--input", last.toString(), "--output",
          given + "/" + i + ".npy");
    }
    Outcome against = Bitwright.run("verify", network, "--inputs", all.toString(), "--targets", "c", "--against", given,
        "--mismatch-dir", folder.resolve("mismatch").toString());
    assertEquals(1, against.status(), against.err());
    assertTrue(against.out().lines().anyMatch(l -> l.matches("given outputs +3 +1 .*DIFFERS")), against.out());
  }

  @Test
  void whatSeveralInputsLackIsNamed(@TempDir Path folder) throws IOException {
    Path network = Files.writeString(folder.resolve("two.bw"), TWO_INPUTS);
    Path all = inferences(folder, "left", "rigth");
    Files.delete(all.resolve("left/1.bin"));
    Files.write(all.resolve("left/2.bin"), new byte[5]);
    List<String> line = List.of("quantize", network.toString(), "-o", folder.resolve("x.tflite").toString(), "--calibrate");
    Outcome both = Bitwright.run(with(line, all.toString()));
    assertEquals(1, both.status());
    assertTrue(both.err().contains("2.bin: 5 bytes, the network takes 64") && both.err().contains(
        "no subfolder or .npy file named after input 'right' (the network's inputs are 'left', 'right') [BW0502]"), both.err());
    Files.delete(all.resolve("left/2.bin"));
    Files.move(all.resolve("rigth.npy"), all.resolve("right.npy"));
    Outcome uneven = Bitwright.run(with(line, all.toString()));
    assertTrue(uneven.err().contains("its inputs have different numbers of inferences: 'left' 1, 'right' 3 [BW0502]"),
        uneven.err());
    Outcome single = Bitwright.run(with(line, all.resolve("right.npy").toString()));
    assertTrue(single.err().contains("it is no folder with a subfolder or .npy file for each of the inputs 'left', 'right'"),
        single.err());
  }

  /** Before anything of the calibration is looked at, which would be missed here. */
  @Test
  void whatNoFileCanHoldIsRefusedFirst(@TempDir Path folder) {
    Outcome outcome = Bitwright.run("quantize", "zoo:googlenet", "--calibrate", folder.resolve("none").toString(), "-o",
        folder.resolve("x.tflite").toString());
    assertEquals(1, outcome.status());
    assertEquals(2, outcome.err().lines().filter(l -> l.contains("operator local_response_norm cannot be written as TFLite")
        && l.endsWith("[BW0220]")).count(), outcome.err());
    assertFalse(outcome.err().contains("BW0101"), outcome.err());
  }

  @ParameterizedTest
  @CsvSource(delimiter = ';', value = {
      "quantize x.tflite -o y.tflite;Missing required option: '--calibrate=DIR|FILE.npy'",
      "quantize x.tflite --calibrate z -o y.onnx;-o y.onnx: the file's name must end with .tflite",
      "quantize x.tflite --calibrate z --range kl -o y.tflite;--range must be one of mse, min_max, moving_average, percentile",
      "quantize x.tflite --calibrate z --equalize all -o y.tflite;--equalize all: a TFLite file cannot hold",
      "compile x.tflite --target c -o y --range mse;--range goes with --calibrate",
      "quantize x.tflite --calibrate z -O size -o y.tflite;Unknown options: '-O', 'size'",
      "quantize x.tflite --calibrate z --ram-budget 9000 -o y.tflite;Unknown options: '--ram-budget', '9000'",
      "quantize x.tflite --calibrate z --name n -o y.tflite;Unknown options: '--name', 'n'",
      "quantize x.tflite --calibrate z --quantize -o y.tflite;Unknown option: '--quantize'",
      "verify x.tflite --weight-scales per_tensor;--weight-scales goes with --calibrate"})
  void usage(String line, String message) {
    Outcome outcome = Bitwright.run(line.split(" "));
    assertEquals(2, outcome.status(), outcome.err());
    assertTrue(outcome.err().contains(message), outcome.err());
  }
}
