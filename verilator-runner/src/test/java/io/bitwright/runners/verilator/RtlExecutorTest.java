package io.bitwright.runners.verilator;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.bitwright.ir.diag.DiagnosticException;
import io.bitwright.ir.diag.DiagnosticId;
import io.bitwright.ir.type.ElementType;
import io.bitwright.runners.BuildCache;
import io.bitwright.runners.Execution;
import io.bitwright.runners.ExternalTool;
import io.bitwright.runners.HardwareFigures;
import io.bitwright.runners.HardwareFigures.ChannelMark;
import io.bitwright.runners.RunRequest;
import io.bitwright.runners.SimulationOptions;
import io.bitwright.runners.SimulationOptions.Format;
import io.bitwright.runners.SimulationOptions.Waveform;
import io.bitwright.runners.verilator.StubDesign.Fault;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The executor with small hand-written designs: right ones, faulty ones, and tools that fail. */
@Tag("simulator")
class RtlExecutorTest {
  /** One for all tests: a build takes seconds. */
  @TempDir
  private static Path cache;

  @TempDir
  private Path folder;

  @BeforeAll
  static void requireTools() {
    boolean all = Verilator.tools().stream().allMatch(tool -> Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
        .anyMatch(path -> Files.isExecutable(Path.of(path, tool.command()))));
    if (!all && "true".equals(System.getenv("CI"))) {
      throw new IllegalStateException("with CI=true every tool must be there");
    }
    assumeTrue(all, "Verilator, make or g++ is missing");
  }

  private static RtlExecutor executor() {
    return new RtlExecutor(Verilator.tools(), new BuildCache(cache));
  }

  private static StubDesign design(Fault fault) {
    return new StubDesign(1, ElementType.I8, fault);
  }

  private static String words(RunRequest request, DiagnosticId id) {
    DiagnosticException e = assertThrows(DiagnosticException.class, () -> executor().run(request));
    assertEquals(id, e.diagnostics().get(0).id());
    return e.getMessage();
  }

  private static void assertRight(RunRequest request, Execution execution) {
    assertEquals(request.frames().size(), execution.outputs().size());
    for (int f = 0; f < request.frames().size(); f++) {
      assertArrayEquals(StubDesign.expected(request.frames().get(f).get(0)), execution.outputs().get(f).get(0));
    }
  }

  /** Integers that fill their type, integers that do not, and arrays of words. */
  @ParameterizedTest
  @CsvSource({"1, U8", "3, I8", "9, U8"})
  void framesPassWhateverTheWidth(int channels, ElementType element) {
    RunRequest request = new StubDesign(channels, element, Fault.NONE).request(5);
    Execution execution = executor().run(request);
    assertRight(request, execution);
    HardwareFigures figures = execution.hardware().orElseThrow();
    assertEquals(OptionalLong.of(StubDesign.PIXELS), figures.intervalCycles());
    assertEquals(OptionalLong.of(StubDesign.PIXELS), figures.predictedIntervalCycles());
    assertEquals(OptionalLong.of(StubDesign.PIXELS - 1 + 2), figures.latencyCycles());
    assertEquals(0, figures.lanes());
    assertTrue(figures.utilisation().isEmpty());
  }

  @Test
  void oneFrameHasNoInterval() {
    HardwareFigures figures = executor().run(design(Fault.NONE).request(1)).hardware().orElseThrow();
    assertTrue(figures.intervalCycles().isEmpty());
    assertEquals(OptionalLong.of(5), figures.latencyCycles());
  }

  @Test
  void stallsTakeTimeAndChangeNothing() {
    RunRequest request = design(Fault.NONE).request(300, false, StubDesign.stalls(7));
    Execution stalled = executor().run(request);
    assertRight(request, stalled);
    long latency = stalled.hardware().orElseThrow().latencyCycles().orElseThrow();
    assertTrue(latency > 5, () -> latency + " cycles");
    assertTrue(stalled.hardware().orElseThrow().predictedIntervalCycles().isEmpty());
    assertEquals(stalled.hardware(), executor().run(request).hardware());
  }

  @Test
  void tapsRecordEveryFrameAndTheChannels() {
    SimulationOptions taps =
        new SimulationOptions(OptionalLong.of(3), true, Optional.empty(), OptionalLong.empty());
    RunRequest request = new StubDesign(3, ElementType.U8, Fault.NONE).request(20, true, taps);
    Execution execution = executor().run(request);
    assertRight(request, execution);
    assertEquals(20, execution.taps().size());
    for (int f = 0; f < 20; f++) {
      assertArrayEquals(execution.outputs().get(f).get(0), execution.taps().get(f).get(0));
    }
    assertArrayEquals(execution.outputs().get(0).get(0), execution.layers().get(0));
    List<ChannelMark> marks = execution.hardware().orElseThrow().channels();
    assertEquals(List.of("ifm", "ofm"), marks.stream().map(ChannelMark::name).toList());
    for (ChannelMark mark : marks) {
      assertEquals(2, mark.depth());
      assertEquals(2, mark.highWater());
      assertEquals(20 * StubDesign.PIXELS, mark.beats());
      assertTrue(mark.blockedCycles() > 0);
    }
  }

  @Test
  void aResetInTheMiddleOfAFrameLeavesTheDesignReady() {
    SimulationOptions reset =
        new SimulationOptions(OptionalLong.empty(), true, Optional.empty(), OptionalLong.of(6));
    RunRequest request = new StubDesign(3, ElementType.U8, Fault.NONE).request(3, false, reset);
    Execution execution = executor().run(request);
    assertRight(request, execution);
    assertEquals(OptionalLong.of(5), execution.hardware().orElseThrow().latencyCycles());
    assertEquals(3 * StubDesign.PIXELS, execution.hardware().orElseThrow().channels().get(1).beats());
  }

  @ParameterizedTest
  @EnumSource(Format.class)
  void waveformsComeWithASaveFile(Format format) throws IOException {
    Path file = folder.resolve("net." + format.name().toLowerCase(java.util.Locale.ROOT));
    SimulationOptions options = new SimulationOptions(OptionalLong.empty(), false,
        Optional.of(new Waveform(file, format)), OptionalLong.empty());
    RunRequest request = new StubDesign(3, ElementType.I8, Fault.NONE).request(3, false, options);
    assertRight(request, executor().run(request));
    assertTrue(Files.size(file) > 100);
    String save = Files.readString(folder.resolve(file.getFileName() + ".gtkw"));
    // Reset takes four cycles of ten units, a frame four.
    assertTrue(save.contains("\n*-12.000000 40 40 80 120 -1 "), save);
    assertTrue(save.contains("\n[markername] Bframe 1\n"), save);
    assertTrue(save.contains("-1 s0_table to output\n@28\nTOP.net.probe_1_fire\nTOP.net.probe_1_blocked\n@24\n"
        + "TOP.net.probe_1_count[1:0]\n@22\nTOP.net.probe_1_bits[23:0]\n"), save);
    if (format == Format.VCD) {
      String wave = Files.readString(file);
      assertTrue(wave.contains(" probe_1_count [1:0] $end") && wave.contains(" probe_1_bits [23:0] $end"), wave);
    }
  }

  @Test
  void aBrokenProtocolIsNamedWithItsCycle() {
    String words = words(design(Fault.WITHDRAWS).request(50, false, StubDesign.stalls(1)), DiagnosticId.TOOL_FAILED);
    assertTrue(words.contains("an offered output was withdrawn or changed in cycle "), words);
    words = words(design(Fault.EXTRA).request(1), DiagnosticId.TOOL_FAILED);
    assertTrue(words.contains("an output too many in cycle "), words);
  }

  @Test
  void aHangEndsWithWhatWasReached() {
    String words = words(design(Fault.HANGS).request(2), DiagnosticId.TOOL_FAILED);
    assertTrue(words.contains("no beat moved at either end for 100040 cycles"), words);
    assertTrue(words.contains("0 of 2 frames done, 3 beats taken, 3 given"), words);
    Path log = Path.of(words.substring(words.indexOf("log: ") + 5).replaceAll(" \\[BW.*", "").strip());
    assertTrue(Files.exists(log), log::toString);
    BuildCache.delete(log.getParent());
  }

  @Test
  void verilatorsWordsAndLogAreInTheMessage() {
    String words = words(design(Fault.SYNTAX).request(1), DiagnosticId.TOOL_FAILED);
    assertTrue(words.contains("verilator failed") && words.contains("syntax error"), words);
    assertTrue(words.contains("verilator.log"), words);
  }

  @Test
  void toolsThatAreMissingOrFailAreNamed() {
    List<ExternalTool> tools = Verilator.tools();
    RunRequest request = new StubDesign(5, ElementType.I8, Fault.NONE).request(1);
    List<ExternalTool> noVerilator =
        List.of(new ExternalTool("verilator-that-is-not-there", "verilator", "simulate"), tools.get(1), tools.get(2));
    DiagnosticException missing = assertThrows(DiagnosticException.class,
        () -> new RtlExecutor(noVerilator, new BuildCache(cache)).run(request));
    assertEquals(DiagnosticId.TOOL_MISSING, missing.diagnostics().get(0).id());
    List<ExternalTool> badCompiler = List.of(tools.get(0), tools.get(1), new ExternalTool("false", "g++", "compile"));
    DiagnosticException failed = assertThrows(DiagnosticException.class,
        () -> new RtlExecutor(badCompiler, new BuildCache(cache)).run(request));
    assertEquals(DiagnosticId.TOOL_FAILED, failed.diagnostics().get(0).id());
    assertTrue(failed.getMessage().contains("make.log"), failed.getMessage());
    assertFalse(ProcessHandle.current().descendants().anyMatch(ProcessHandle::isAlive));
  }

  @Test
  void aDesignIsBuiltOnce() throws IOException {
    Path calls = folder.resolve("calls");
    Path counting = Files.writeString(folder.resolve("counting-verilator"),
        "#!/bin/sh\necho x >> '" + calls + "'\nexec verilator \"$@\"\n");
    assertTrue(counting.toFile().setExecutable(true));
    List<ExternalTool> tools = Verilator.tools();
    RtlExecutor executor = new RtlExecutor(
        List.of(new ExternalTool(counting.toString(), "verilator", ""), tools.get(1), tools.get(2)), new BuildCache(cache));
    executor.run(design(Fault.NONE).request(1));
    executor.run(design(Fault.NONE).request(2, false, StubDesign.stalls(9)));
    assertEquals(1, Files.readAllLines(calls).size());
  }
}
