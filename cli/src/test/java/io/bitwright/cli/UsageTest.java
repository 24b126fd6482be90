package io.bitwright.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bitwright.cli.Bitwright.Outcome;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UsageTest {
  @Test
  void helpAndVersionAreResults() {
    Outcome help = Bitwright.run("--help");
    assertEquals(0, help.status());
    for (String command : List.of("demo", "compile", "run", "verify", "inspect", "zoo", "fmt", "boards", "doctor", "completion")) {
      assertTrue(help.out().contains("\n  " + command + " "), command);
    }
    assertEquals("", help.err());
    assertTrue(Bitwright.run("--version").out().matches("bitwright \\d+\\.\\d+\\.\\d+.*\n"));
    assertTrue(Bitwright.run("completion").out().contains("complete -F"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "frobnicate", "run", "run x.tflite", "compile x.tflite", "run x.tflite --input y --top many",
      "run x.tflite --input y --rounding single", "run x.tflite --input y --rounding half",
      "compile x.tflite -o y -O fastest", "inspect x.tflite --ram-budget 0", "inspect --no-such-option",
      "quantize x.tflite --calibrate y -o z", "inspect x.tflite --set alpha=1", "inspect x.tflite --shape 1x2", "inspect x.onnx --shape 1x0", "inspect x.onnx --shape a=",
      "inspect zoo:mobilenet_v1 --set alpha", "run x.tflite --input y --top 0"})
  void badUsageEndsWith2AndPrintsNoResult(String line) {
    Outcome outcome = Bitwright.run(line.isEmpty() ? new String[0] : line.split(" "));
    assertEquals(2, outcome.status(), outcome.err());
    assertEquals("", outcome.out());
    assertTrue(outcome.err().startsWith("bitwright: "), outcome.err());
    assertFalse(outcome.err().contains("\tat "), outcome.err());
  }

  @ParameterizedTest
  @CsvSource({"inspect none.tflite, BW0101", "inspect pom.xml, BW0504", "inspect net.onnx, BW0101", "inspect net.h5, BW0504",
      "inspect none.bw, BW0101", "inspect zoo:mobilenet_v9, BW0501", "zoo mobilenet_v9, BW0501", "fmt none.bw, BW0101", "fmt pom.xml, BW0701",
      "inspect zoo:mobilenet_v1 --set aplha=1, BW0717",
      "boards nucleo, BW0501", "run {digits} --input none.npy, BW0101", "run {digits} --on fpga --input {picture}, BW0501",
      "compile {digits} --target cuda -o x, BW0501", "compile {digits} --board arduino -o x, BW0501",
      "inspect {digits} --disable-pass magic, BW0501", "inspect {digits} --dump-after magic, BW0501",
      "run {digits} --input {picture} --output out.txt, BW0504", "run {digits} --input {digits}, BW0504",
      "run {digits} --input {picture} --labels none.txt, BW0101", "verify {digits} --inputs none, BW0101",
      "verify {digits} --targets fpga, BW0501", "compile {digits} --ram-budget 100 -o x, BW0406"})
  void aBadInputEndsWith1AndACodedDiagnostic(String line, String code) {
    String filled = line.replace("{digits}", Bitwright.DIGITS).replace("{picture}", Bitwright.picture("000_1.png"));
    Outcome outcome = Bitwright.run(filled.split(" "));
    assertEquals(1, outcome.status(), outcome.err());
    assertEquals("", outcome.out());
    assertTrue(outcome.err().contains("error: ") && outcome.err().contains("[" + code + "]"), outcome.err());
    assertFalse(outcome.err().contains("\tat "), outcome.err());
  }

  @Test
  void theStackIsShownOnRequestOnly() {
    assertTrue(Bitwright.run("inspect", "none.tflite", "--stacktrace").err().contains("\tat io.bitwright."));
  }

  @Test
  void operatorsOfFilesAreListedWithoutAModel() {
    Outcome table = Bitwright.run("inspect", "--supported-ops");
    assertEquals(0, table.status(), table.err());
    assertTrue(table.out().lines().anyMatch(l -> l.matches("ONNX +Conv +operator sets 1 to 27 .*")), table.out());
    assertTrue(table.out().lines().anyMatch(l -> l.startsWith("TFLite") && l.contains("CONV_2D")), table.out());
    Outcome json = Bitwright.run("inspect", "--supported-ops", "--json");
    assertTrue(json.out().startsWith("[{\"format\":\"ONNX\",\"operator\":\"Abs\""), json.out());
  }
}
