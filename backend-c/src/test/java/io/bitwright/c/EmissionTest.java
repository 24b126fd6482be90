package io.bitwright.c;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.bitwright.ir.graph.text.GraphParser;
import io.bitwright.ir.kernel.Program;
import io.bitwright.ir.memory.MemoryPlan;
import io.bitwright.ir.memory.MemoryPlanner;
import io.bitwright.ir.memory.ScheduleChooser;
import io.bitwright.target.EmitRequest;
import io.bitwright.target.OutputTree;
import io.bitwright.testkit.SeparableNetwork;
import io.bitwright.testkit.TestData;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the emitted files are, whatever the machine and the names in the model. */
class EmissionTest {
  private static final byte[] PICTURE = new byte[32];

  private static EmitRequest small(String name) {
    return Networks.request(name, Networks.plan(SeparableNetwork.TEXT), List.of(PICTURE));
  }

  @Test
  void theTextIsTheSameOnEveryLocale() {
    Locale before = Locale.getDefault();
    try {
      for (long seed = 0; seed < 20; seed++) {
        EmitRequest request = Networks.random(seed);
        Locale.setDefault(Locale.ENGLISH);
        OutputTree english = new CTarget().emit(request);
        for (String tag : List.of("tr-TR", "de-DE", "ar-EG-u-nu-arab")) {
          Locale.setDefault(Locale.forLanguageTag(tag));
          OutputTree other = new CTarget().emit(request);
          assertEquals(english.files().keySet(), other.files().keySet());
          english.files().forEach((path, text) -> assertArrayEquals(text, other.files().get(path), path + " " + tag));
        }
      }
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void everyFileCarriesItsLicence() {
    new CTarget().emit(small("net")).files().forEach((path, text) -> assertTrue(
        new String(text, StandardCharsets.UTF_8).lines().findFirst().orElseThrow()
            .contains("SPDX-License-Identifier: 0BSD"), path));
  }

  @Test
  void namesOfTheModelStayInsideOfTheirComments(@TempDir Path folder) throws Exception {
    String hostile = "a*/\\n#error b\\n/*??/\\n\\\\";
    EmitRequest request = small("net");
    EmitRequest evil = new EmitRequest("net", "x*/\n#error\n$(shell false) `${y}` ??/\n\\",
        Networks.plan(SeparableNetwork.TEXT.replace("block/depthwise", hostile).replace("picture", hostile)),
        Networks.HOST, request.selfTest());
    Networks.write(evil, folder);
    run(folder, "gcc", "-std=c99", "-trigraphs", "-Wall", "-Wextra", "-Wcomment", "-Werror", "-c", "net.c", "main.c",
        "net_weights.c", "net_selftest.c");
    run(folder, "make", "check");
  }

  /** Rows of the first kernel are computed when the window of the second needs them. */
  @Test
  void theLoopsOfAGroupFollowTheRows() {
    Program program = Networks.lower(GraphParser.parse("""
        graph @g {
          %x = input : tensor<2x8x5x3 x i8, q(0.05, 3)>
          %a = constant seeded(1) : tensor<9x1x1x3 x i8, q(0.02, 0)>
          %b = constant seeded(2) : tensor<1x3x3x9 x i8, q(0.02, 0)>
          %c = constant seeded(3) : tensor<4x1x1x9 x i8, q(0.02, 0)>
          %1 = conv2d %x, %a {kernel=1x1, round=tflite} : tensor<2x8x5x9 x i8, q(0.1, 4)>
          %2 = depthwise_conv2d %1, %b {multiplier=1, kernel=3x3, stride=2x2, pad=[0,1,0,0], round=tflite} : tensor<2x4x2x9 x i8, q(0.3, 5)>
          %3 = conv2d %2, %c {kernel=1x1, round=tflite} : tensor<2x4x2x4 x i8, q(0.9, 6)>
          return %3
        }
        """)).orElseThrow();
    MemoryPlan plan = MemoryPlanner.plan(program, ScheduleChooser.schedule(program, Set.of(0, 1)));
    String text = Networks.text(Networks.request("g", plan, List.of(new byte[240])), "g.c");
    assertTrue(text.contains("""
        BW_KERNEL void g_group0(uint8_t *arena)
        {
            for (int32_t n = 0; n < 2; n++) {
                int32_t row0 = 0; /* rows of kernel 0 computed so far */
                for (int32_t y = 0; y < 4; y++) {
                    for (; row0 < 8 && row0 < y * 2 + 3; row0++) {
                        g_k0_conv2d(arena, n, row0);
                    }
                    g_k1_depthwise_conv2d(arena, y);
                    g_k2_conv2d(arena, n, y);
                }
            }
        }
        """), text);
    assertTrue(text.contains("BW_KERNEL void g_k1_depthwise_conv2d(uint8_t *arena, int32_t y)\n"), text);
  }

  @Test
  void theSelfTestOfARandomNetworkPasses(@TempDir Path folder) throws Exception {
    for (long seed = 0; seed < 4; seed++) {
      Path own = Files.createDirectory(folder.resolve("s" + seed));
      Networks.write(Networks.random(seed), own);
      assertTrue(run(own, "make", "check").contains("net: PASS"));
    }
  }

  @Test
  void theSelfTestFailsForAnotherResult(@TempDir Path folder) throws Exception {
    EmitRequest request = small("net");
    byte[] wrong = request.selfTest().orElseThrow().outputs().get(0).clone();
    wrong[0]++;
    Networks.write(new EmitRequest("net", "net", request.plan(), Networks.HOST,
        Optional.of(new EmitRequest.Recording(List.of(PICTURE), List.of(wrong)))), folder);
    run(folder, "make", "net_selftest");
    assertEquals(1, status(folder, "./net_selftest"));
    assertTrue(Files.readString(folder.resolve("log")).contains("net: FAIL"));
  }

  @Test
  void theCodeIsAlsoCpp(@TempDir Path folder) throws Exception {
    assumeTrue(Path.of("/usr/bin/g++").toFile().canExecute(), "g++ is not installed");
    Networks.write(small("net"), folder);
    run(folder, "g++", "-x", "c++", "-std=c++17", "-Wall", "-Wextra", "-Werror", "-o", "net", "net.c", "net_weights.c",
        "net_selftest.c");
    assertTrue(run(folder, "./net").contains("PASS"));
  }

  @Test
  void twoNetworksLinkIntoOneProgram(@TempDir Path folder) throws Exception {
    Networks.write(small("first"), folder);
    Networks.write(small("second"), folder);
    Files.writeString(folder.resolve("both.c"), """
        #include "first.h"
        #include "second.h"
        int main(void) { first_invoke(first_arena); second_invoke(second_arena); return 0; }
        """);
    run(folder, "gcc", "-std=c99", "-Wall", "-Werror", "-DFIRST_STATIC_ARENA", "-DSECOND_STATIC_ARENA", "-o", "both",
        "both.c", "first.c", "first_weights.c", "second.c", "second_weights.c");
    run(folder, "./both");
  }

  @Test
  void theProgramExplainsItself(@TempDir Path folder) throws Exception {
    Networks.write(small("net"), folder);
    run(folder, "make", "net");
    assertEquals(2, status(folder, "./net"));
    assertTrue(Files.readString(folder.resolve("log")).contains("usage: ./net input.bin output.bin"));
    assertEquals(1, status(folder, "./net", "absent.bin", "out.bin"));
    Files.write(folder.resolve("short.bin"), new byte[40]);
    assertEquals(1, status(folder, "./net", "short.bin", "out.bin"));
    Files.write(folder.resolve("three.bin"), new byte[96]);
    assertEquals(0, status(folder, "./net", "three.bin", "out.bin"));
    assertEquals(9, Files.size(folder.resolve("out.bin")));
  }

  @Test
  void theDriverOfANetworkCalledMainHasAnotherName() {
    assertTrue(new CTarget().emit(small("main")).files().containsKey("main_run.c"));
  }

  /** {@code -Dgolden=update} rewrites the expected files. */
  @Test
  void theTextOfASmallNetworkIsAsRecorded() throws IOException {
    for (String file : List.of("small.h", "small.c", "small_weights.c", "main.c", "small_selftest.c", "Makefile",
        "CMakeLists.txt", "README.md")) {
      String text = Networks.text(small("small"), file);
      Path golden = TestData.inRepository("backend-c/src/test/resources/io/bitwright/c/golden").orElseThrow()
          .resolve(file + ".txt");
      if ("update".equals(System.getProperty("golden"))) {
        Files.writeString(golden, text);
      }
      assertEquals(Files.readString(golden), text, file);
    }
  }

  private static String run(Path folder, String... command) throws Exception {
    int status = status(folder, command);
    String log = Files.readString(folder.resolve("log"));
    assertEquals(0, status, () -> String.join(" ", command) + ":\n" + log);
    return log;
  }

  private static int status(Path folder, String... command) throws Exception {
    List<String> words = new ArrayList<>(List.of(command));
    return new ProcessBuilder(words).directory(folder.toFile()).redirectErrorStream(true)
        .redirectOutput(folder.resolve("log").toFile()).start().waitFor();
  }
}
