package io.bitwright.conformance.rtl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bitwright.boards.Boards;
import io.bitwright.compiler.CompileObserver;
import io.bitwright.compiler.CompileOptions;
import io.bitwright.compiler.Compiler;
import io.bitwright.compiler.Network;
import io.bitwright.ir.diag.DiagnosticException;
import io.bitwright.ir.interp.Interpreter;
import io.bitwright.ir.interp.Trace;
import io.bitwright.rtl.RtlTarget;
import io.bitwright.runners.verilator.Verilator;
import io.bitwright.target.EmitRequest;
import io.bitwright.target.EmitRequest.Recording;
import io.bitwright.target.HardwareOptions;
import io.bitwright.target.OutputTree;
import io.bitwright.testkit.TestData;
import io.bitwright.tracer.RequiredTools;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The emitted tree of the digits network stands on its own. */
@Tag("simulator")
class RtlTreeTest {
  private static final String HOSTILE = "x\n*/ endmodule `include \"/etc/passwd\" $(touch pwned) .tflite";

  private static Network digits() {
    return new Compiler(CompileOptions.DEFAULT, CompileObserver.NONE)
        .load(TestData.inRepository("examples/digits/digits_int8.tflite").orElseThrow());
  }

  private static OutputTree emit(String source) {
    Network network = digits();
    byte[] input = new byte[64];
    new java.util.Random(5).nextBytes(input);
    List<byte[]> outputs = new Interpreter(network.plan()).run(List.of(input), Trace.NONE);
    HardwareOptions hardware = new HardwareOptions(OptionalInt.of(12), HardwareOptions.Pragmas.VITIS, false);
    return new RtlTarget().emit(new EmitRequest("digits", source, network.plan(), Boards.find("host").board(),
        Optional.of(new Recording(List.of(input), outputs)), hardware));
  }

  private static Path write(OutputTree tree, Path folder) throws IOException {
    for (Map.Entry<String, byte[]> file : tree.files().entrySet()) {
      Path path = folder.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.write(path, file.getValue());
    }
    return folder;
  }

  private static String run(Path folder, int status, String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int actual = process.waitFor();
    assertTrue(status < 0 ? actual != 0 : actual == status, () -> actual + "\n" + output);
    return output;
  }

  @Test
  void benchesRunOnTheirOwn(@TempDir Path folder) throws IOException, InterruptedException {
    RequiredTools.require(Verilator.tools());
    write(emit(HOSTILE), folder);
    run(folder, 0, "make", "lint");
    assertTrue(run(folder, 0, "make", "check").contains("digits: PASS"));
    assertTrue(run(folder, 0, "make", "check-verilog", "SIMULATOR=verilator").contains("digits: PASS"));
    Path recorded = folder.resolve("tb/output.hex");
    String text = Files.readString(recorded);
    Files.writeString(recorded, (text.startsWith("00") ? "01" : "00") + text.substring(2));
    assertTrue(run(folder, -1, "make", "check").contains("digits: FAIL"));
    assertTrue(run(folder, -1, "make", "check-verilog", "SIMULATOR=verilator").contains("digits: FAIL"));
  }

  @Test
  void sameTextAgainAndInAnyLocale() {
    Locale before = Locale.getDefault();
    try {
      OutputTree first = emit("digits_int8.tflite");
      Locale.setDefault(Locale.forLanguageTag("ar-EG"));
      OutputTree second = emit("digits_int8.tflite");
      assertEquals(first.files().keySet(), second.files().keySet());
      first.files().forEach((path, bytes) -> assertEquals(new String(bytes, StandardCharsets.UTF_8),
          new String(second.files().get(path), StandardCharsets.UTF_8), path));
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void namesFromTheModelStayInComments() {
    OutputTree tree = emit(HOSTILE);
    for (byte[] file : tree.files().values()) {
      String text = new String(file, StandardCharsets.UTF_8);
      assertFalse(text.contains("`include") || text.contains("$(touch"), text);
    }
    String lines = new String(tree.files().get("rtl/digits_s0_conv2d.sv"), StandardCharsets.UTF_8);
    assertTrue(lines.startsWith("// SPDX-License-Identifier: 0BSD\n// conv2d "), lines.substring(0, 200));
    assertNotEquals(-1, lines.indexOf("\nmodule digits_s0_conv2d("));
  }

  @Test
  void whatTheHardwareCannotTakeIsRefusedByName() {
    Path file = TestData.root().map(r -> r.resolve("models/tflite/cifar_resnet8_float.tflite")).orElse(null);
    org.junit.jupiter.api.Assumptions.assumeTrue(file != null, "no reference data");
    Compiler compiler = new Compiler(CompileOptions.DEFAULT, CompileObserver.NONE);
    Network network = compiler.load(file);
    DiagnosticException refused = assertThrows(DiagnosticException.class,
        () -> compiler.emit(network, new RtlTarget(), Boards.find("host").board(), Optional.empty()));
    assertTrue(refused.getMessage().contains("conv2d is not supported by target 'rtl' (must compute on int8 or uint8"),
        refused.getMessage());
  }
}
