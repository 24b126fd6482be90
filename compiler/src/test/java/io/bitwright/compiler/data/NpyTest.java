package io.bitwright.compiler.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NpyTest {
  private static byte[] file(int version, String header, byte... data) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', (byte) version, 0});
    out.write(header.length());
    out.write(header.length() >> 8);
    if (version > 1) {
      out.write(0);
      out.write(0);
    }
    out.writeBytes(header.getBytes(StandardCharsets.ISO_8859_1));
    out.writeBytes(data);
    return out.toByteArray();
  }

  @Test
  void whatIsWrittenIsRead() {
    for (List<Integer> shape : List.of(List.<Integer>of(), List.of(6), List.of(2, 3), List.of(1, 2, 1, 4), List.of(0, 5))) {
      int elements = shape.stream().reduce(1, (a, b) -> a * b);
      for (NpyType type : NpyType.values()) {
        byte[] data = new byte[elements * type.sizeBytes()];
        new Random(1).nextBytes(data);
        byte[] file = Npy.write(new NpyArray(type, shape, data));
        assertEquals(0, (file.length - data.length) % 64);
        NpyArray read = Npy.read(file);
        assertEquals(shape, read.shape());
        assertEquals(type, read.type());
        assertArrayEquals(data, read.data());
      }
    }
  }

  @Test
  void versions1To3AreRead() {
    for (int version = 1; version <= 3; version++) {
      NpyArray array = Npy.read(file(version, "{'descr': '<i2', 'fortran_order': False, 'shape': (1, 2), }  \n",
          new byte[] {1, 2, 3, 4}));
      assertEquals(List.of(1, 2), array.shape());
      assertArrayEquals(new byte[] {1, 2, 3, 4}, array.data());
    }
    assertThrows(MalformedDataException.class, () -> Npy.read(file(4, "{}")));
  }

  @Test
  void fortranOrderIsRefusedWhereItMatters() {
    String vector = "{'descr': '|u1', 'fortran_order': True, 'shape': (1, 2)}";
    assertArrayEquals(new byte[] {1, 2}, Npy.read(file(1, vector, new byte[] {1, 2})).data());
    MalformedDataException e = assertThrows(MalformedDataException.class,
        () -> Npy.read(file(1, vector.replace("(1, 2)", "(2, 2)"), new byte[4])));
    assertTrue(e.getMessage().contains("ascontiguousarray"), e.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {
      "", "{", "{}", "{'descr': '|u1'}", "{'descr': '|u1', 'fortran_order': False, 'shape': (2)",
      "{'descr': '>i4', 'fortran_order': False, 'shape': ()}",
      "{'descr': '|O', 'fortran_order': False, 'shape': ()}",
      "{'descr': [('a', '|u1')], 'fortran_order': False, 'shape': ()}",
      "{'descr': '|u1', 'fortran_order': False, 'shape': (-1,)}",
      "{'descr': '|u1', 'fortran_order': False, 'shape': (9999999999, 9999999999, 9999999999, 9999999999)}",
      "{'descr': '|u1', 'fortran_order': False, 'shape': (65536, 65536, 65536, 65536)}",
      "{'descr': '|u1', 'fortran_order': False, 'shape': (0, 9999999999)}",
      "{'descr': '|u1', 'fortran_order': False, 'shape': (99999999999,)}",
      "{'descr': '|u1', 'descr': '|u1', 'fortran_order': False, 'shape': ()}",
      "{'descr': '|u1', 'fortran_order': False, 'shape': (), 'more': ''}",
      "{'descr': '|u1', 'fortran_order': 0, 'shape': ()}", "__import__('os')"})
  void headersThatNumpyDoesNotWriteAreRefused(String header) {
    assertThrows(MalformedDataException.class, () -> Npy.read(file(1, header)));
  }

  @Test
  void mutantsAreReadOrRefused() {
    byte[] good = Npy.write(new NpyArray(NpyType.F32, List.of(2, 3), new byte[24]));
    Random random = new Random(7);
    for (int i = 0; i < 5_000; i++) {
      byte[] mutant = Arrays.copyOf(good, random.nextInt(4) == 0 ? random.nextInt(good.length) : good.length);
      for (int k = 0; k < 1 + random.nextInt(3) && mutant.length > 0; k++) {
        mutant[random.nextInt(Math.min(mutant.length, 80))] = (byte) random.nextInt();
      }
      try {
        Npy.read(mutant);
      } catch (MalformedDataException expected) {
        assertTrue(!expected.getMessage().isBlank());
      }
    }
  }
}
