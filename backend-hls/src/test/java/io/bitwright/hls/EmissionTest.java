package io.bitwright.hls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.bitwright.boards.Board;
import io.bitwright.boards.Boards;
import io.bitwright.ir.diag.DiagnosticException;
import io.bitwright.ir.diag.DiagnosticId;
import io.bitwright.ir.diag.Diagnostics;
import io.bitwright.ir.graph.text.GraphParser;
import io.bitwright.ir.interp.Interpreter;
import io.bitwright.ir.interp.Trace;
import io.bitwright.ir.kernel.Lowering;
import io.bitwright.ir.kernel.Program;
import io.bitwright.ir.kernel.Schedule;
import io.bitwright.ir.memory.MemoryPlan;
import io.bitwright.ir.memory.MemoryPlanner;
import io.bitwright.target.EmitRequest;
import io.bitwright.target.HardwareOptions;
import io.bitwright.target.HardwareOptions.Pragmas;
import io.bitwright.testkit.SeparableNetwork;
import io.bitwright.testkit.TestData;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the emitted files are, whatever the names in the model. */
class EmissionTest {
  private static final byte[] PICTURE = "0123456789abcdefghijklmnopqrstuv".getBytes(StandardCharsets.US_ASCII);

  private static MemoryPlan plan(String text) {
    Program program = Lowering.lower(GraphParser.parse(text), new Diagnostics());
    return MemoryPlanner.plan(program, Schedule.trivial(program));
  }

  private static EmitRequest request(String name, String source, MemoryPlan plan, Pragmas pragmas) {
    List<byte[]> outputs = new Interpreter(plan).run(List.of(PICTURE), Trace.NONE);
    Board board = Boards.find("pynq-z2").board();
    return new EmitRequest(name, source, plan, board, Optional.of(new EmitRequest.Recording(List.of(PICTURE), outputs)),
        new HardwareOptions(OptionalInt.of(12), pragmas, false));
  }

  private static EmitRequest small(String name) {
    return request(name, name + ".tflite", plan(SeparableNetwork.TEXT), Pragmas.VITIS);
  }

  private static void write(EmitRequest request, Path folder) throws IOException {
    for (var file : new HlsTarget().emit(request).files().entrySet()) {
      Path path = folder.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.write(path, file.getValue());
    }
  }

  private static String text(EmitRequest request, String file) {
    return new String(new HlsTarget().emit(request).files().get(file), StandardCharsets.UTF_8);
  }

  @Test
  void everyFileCarriesItsLicence() {
    new HlsTarget().emit(small("net")).files().forEach((path, text) -> assertTrue(
        new String(text, StandardCharsets.UTF_8).lines().findFirst().orElseThrow()
            .contains("SPDX-License-Identifier: 0BSD"), path));
  }

  @Test
  void namesOfTheModelStayInsideOfTheirComments(@TempDir Path folder) throws Exception {
    requireCompiler();
    String hostile = "a*/\\n#error b\\n/*??/\\n\\\\";
    write(request("net", "x*/\n#error\n$(shell false) `${y}` ??/\n\\",
        plan(SeparableNetwork.TEXT.replace("block/depthwise", hostile).replace("picture", hostile)), Pragmas.VITIS), folder);
    run(folder, "make", "check", "CXXFLAGS=-O0 -Werror -Wcomment");
  }

  @Test
  void theMakefileRunsTheRecordedInference(@TempDir Path folder) throws Exception {
    requireCompiler();
    write(small("net"), folder);
    assertTrue(run(folder, "make", "check", "CXXFLAGS=-O0", "FRAMES=2").contains("passed: 0 of 6 bytes differ"));
    assertTrue(run(folder, "make", "check-parallel", "CXXFLAGS=-O0").contains("passed"));
    assertEquals(2, status(folder, "./net_tb", "one"));
    assertEquals(1, status(folder, "./net_tb", "absent", "out"));
  }

  @Test
  void aUint8NetworkIsFedAndReadAsTheModelTypesIt(@TempDir Path folder) throws Exception {
    requireCompiler();
    String bytes = SeparableNetwork.TEXT.replace("x i8, q(0.05, -1)", "x u8, q(0.05, 127)")
        .replace("i8, q(0.01, 0)", "u8, q(0.01, 131)")
        .replace("i8, q(0.07, -5)", "u8, q(0.07, 123)").replace("i8, q(0.02, 0)", "u8, q(0.02, 120)")
        .replace("i8, q(0.06, -5)", "u8, q(0.06, 123)").replace("clamp=[-5,127]", "clamp=[123,255]")
        .replace("i8, q(0.00390625, -128)", "u8, q(0.00390625, 0)");
    write(request("net", "net", plan(bytes), Pragmas.GENERIC), folder);
    run(folder, "make", "check", "CXXFLAGS=-O0");
  }

  @Test
  void theTestBenchFailsForAnotherResult(@TempDir Path folder) throws Exception {
    requireCompiler();
    EmitRequest right = small("net");
    byte[] wrong = right.selfTest().orElseThrow().outputs().get(0).clone();
    wrong[0]++;
    write(new EmitRequest("net", "net", right.plan(), right.board(),
        Optional.of(new EmitRequest.Recording(List.of(PICTURE), List.of(wrong))), right.hardware()), folder);
    run(folder, "make", "CXXFLAGS=-O0");
    assertEquals(1, status(folder, "./net_tb"));
    assertTrue(Files.readString(folder.resolve("log")).contains("FAILED: 1 of 3 bytes differ"));
  }

  @Test
  void namesOfTemplatesAndLibrariesAreAvoided() {
    for (String name : List.of("hls", "s3_conv2d", "bw_dense", "read", "give_ofm")) {
      assertTrue(new HlsTarget().emit(small(name)).files().containsKey("src/net_" + name + ".cpp"), name);
    }
  }

  @Test
  void loopPragmasAreLeftOutForToolsThatRejectThem() {
    EmitRequest generic = request("net", "net", plan(SeparableNetwork.TEXT), Pragmas.GENERIC);
    new HlsTarget().emit(generic).files().forEach((path, contents) -> {
      String text = new String(contents, StandardCharsets.UTF_8);
      assertFalse(path.startsWith("src/") && text.contains("HLS UNROLL"), path);
      assertFalse(text.matches("(?s).*for \\([^)]*\\) \\{\\s*BW_PRAGMA\\(HLS PIPELINE.*"), path);
    });
    assertTrue(text(generic, "src/net.cpp").contains("HLS PIPELINE II=1"));
    assertTrue(text(small("net"), "src/bw_dense.h").contains("HLS UNROLL"));
  }

  /** Where an HLS tool sees them, pragmas stand where statements do. */
  @Test
  void thePragmasAreWellPlaced(@TempDir Path folder) throws Exception {
    requireCompiler();
    write(small("net"), folder);
    run(folder, "g++", "-std=c++14", "-DBW_SYNTHESIS", "-Wall", "-Wextra", "-Wpedantic", "-Werror", "-Wno-unknown-pragmas",
        "-Isrc", "-Isim", "-fsyntax-only", "src/net.cpp");
  }

  @Test
  void otherTypesAreRefusedByName() {
    MemoryPlan floats = plan("""
        graph @net {
          %0 = input : tensor<1x4x4x2 x f32> "picture"
          %1 = max_pool2d %0 {kernel=2x2, stride=2x2, pad=[0,0,0,0]} : tensor<1x2x2x2 x f32> "pool"
          return %1
        }
        """);
    HlsTarget target = new HlsTarget();
    assertFalse(target.constraints().get(0).accepts().test(floats.program().kernels().get(0)));
    DiagnosticException e = assertThrows(DiagnosticException.class, () -> target.emit(
        new EmitRequest("net", "net", floats, Boards.find("host").board(), Optional.empty())));
    assertEquals(DiagnosticId.DATAFLOW_UNSUPPORTED, e.diagnostics().get(0).id());
    assertTrue(e.diagnostics().get(0).arguments().toString().contains("f32"), e.getMessage());
  }

  /** {@code -Dgolden=update} rewrites the expected files. */
  @Test
  void theTextOfASmallNetworkIsAsRecorded() throws IOException {
    for (String file : List.of("src/small.h", "src/small.cpp", "src/small_weights.h", "tb/small_tb.cpp", "Makefile",
        "run_hls.tcl", "README.md", "sim/operators.txt")) {
      Path golden = TestData.inRepository("backend-hls/src/test/resources/io/bitwright/hls/golden").orElseThrow()
          .resolve(file.substring(file.lastIndexOf('/') + 1) + ".txt");
      String text = text(small("small"), file);
      if ("update".equals(System.getProperty("golden"))) {
        Files.writeString(golden, text);
      }
      assertEquals(Files.readString(golden), text, file);
    }
  }

  private static void requireCompiler() {
    boolean there = Path.of("/usr/bin/g++").toFile().canExecute() && Path.of("/usr/bin/make").toFile().canExecute();
    assumeTrue(there, "g++ and make are not installed");
  }

  private static String run(Path folder, String... command) throws Exception {
    int status = status(folder, command);
    String log = Files.readString(folder.resolve("log"));
    assertEquals(0, status, () -> String.join(" ", command) + ":\n" + log);
    return log;
  }

  private static int status(Path folder, String... command) throws Exception {
    return new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true)
        .redirectOutput(folder.resolve("log").toFile()).start().waitFor();
  }
}
