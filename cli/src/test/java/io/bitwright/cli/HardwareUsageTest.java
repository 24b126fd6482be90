package io.bitwright.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bitwright.cli.Bitwright.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Choices about accelerators that make no sense are refused before any work. */
class HardwareUsageTest {
  @ParameterizedTest
  @ValueSource(strings = {"run x --input y --on rtl --lanes many", "run x --input y --on c --lanes 4",
      "compile x --target c --lanes 4 -o y", "compile x --target rtl --hls-tool vitis -o y",
      "compile x --target hls --hls-tool quartus -o y", "run x --input y --on rtl --frames 0",
      "run x --input y --stalls 1", "run x --input y --on c --taps", "run x --input y --on hls --vcd z",
      "run x --input y --on rtl --vcd z --fst z", "run x --input y --on rtl --stalls one",
      "run x --input y --on rtl --reset-at 0", "verify x --targets c --lanes 4", "verify x --taps",
      "compile x --target c --board ulx3s --synth -o y", "compile x --target hls --board ulx3s --synth -o y"})
  void badUsageEndsWith2(String line) {
    Outcome outcome = Bitwright.run(line.split(" "));
    assertEquals(2, outcome.status(), outcome.err());
    assertEquals("", outcome.out());
    assertTrue(outcome.err().startsWith("bitwright: "), outcome.err());
  }

  @ParameterizedTest
  @CsvSource({"run {digits} --on rtl --board nucleo-f446re --input {picture}, BW0805",
      "run {digits} --on hls --board esp32-c3 --input {picture}, BW0805",
      "verify {digits} --targets rtl --board nucleo-f446re, BW0805"})
  void microcontrollersTakeNoAccelerator(String line, String code) {
    String filled = line.replace("{digits}", Bitwright.DIGITS).replace("{picture}", Bitwright.picture("000_1.png"));
    Outcome outcome = Bitwright.run(filled.split(" "));
    assertEquals(1, outcome.status(), outcome.err());
    assertTrue(outcome.err().contains("[" + code + "]") && outcome.err().contains("ulx3s"), outcome.err());
  }

  @Test
  void theToolsOfSimulationAndSynthesisAreListed() {
    String tools = Bitwright.run("doctor").out();
    for (String tool : new String[] {"verilator", "make", "g++", "yosys"}) {
      assertTrue(tools.contains("\n" + tool + " "), tools);
    }
  }
}
