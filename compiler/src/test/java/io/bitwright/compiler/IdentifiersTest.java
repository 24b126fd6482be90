package io.bitwright.compiler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IdentifiersTest {
  @ParameterizedTest
  @CsvSource({"vww_96_int8, vww_96_int8", "mobilenet_v2_1.0_224_quant, mobilenet_v2_1_0_224_quant",
      "KWS--DS CNN!, kws_ds_cnn", "1st, net_1st", "int, net_int", "main, net_main", "'', network", "___, network",
      "wire, net_wire", "bw_rom, net_bw_rom", "'*/ system(\"x\"); /*', system_x"})
  void namesBecomeIdentifiers(String name, String identifier) {
    assertEquals(identifier, Identifiers.ofNetwork(name));
  }

  @Test
  void anyNameBecomesALegalOne() {
    Random random = new Random(3);
    for (int i = 0; i < 5_000; i++) {
      StringBuilder name = new StringBuilder();
      random.ints(random.nextInt(80), 0, 0x3000).forEach(name::appendCodePoint);
      String identifier = Identifiers.ofNetwork(name.toString());
      assertTrue(identifier.matches("[a-z][a-z0-9]*(_[a-z0-9]+)*") && identifier.length() <= 40, identifier);
    }
  }

  @ParameterizedTest
  @CsvSource({"a/b.c/net.v1.tflite, net.v1", "net, net", ".hidden, .hidden", "dir\\x.tflite, x"})
  void stemsHaveNoFolderAndNoExtension(String file, String stem) {
    assertEquals(stem, Identifiers.stem(file));
  }
}
