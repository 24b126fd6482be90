package io.bitwright.runners.hls;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.bitwright.boards.Board;
import io.bitwright.ir.diag.DiagnosticException;
import io.bitwright.ir.diag.DiagnosticId;
import io.bitwright.ir.kernel.Program;
import io.bitwright.ir.kernel.Schedule;
import io.bitwright.ir.kernel.Value;
import io.bitwright.ir.memory.MemoryPlanner;
import io.bitwright.ir.type.ElementType;
import io.bitwright.ir.type.Shape;
import io.bitwright.ir.type.TensorType;
import io.bitwright.runners.BuildCache;
import io.bitwright.runners.ExternalTool;
import io.bitwright.runners.RunRequest;
import io.bitwright.target.EmitRequest;
import io.bitwright.target.OutputTree;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the executor makes of a tree and of what its test bench prints, and what goes wrong around the compiler. */
class HlsExecutorTest {
  /** Adds 1 to each byte; taps carry beats of two lanes for three channels. */
  private static final String BENCH = """
      #include <cstdio>
      #include <string>
      int main(int argc, char** argv) {
        std::FILE* in = std::fopen(argv[1], "rb");
        std::FILE* out = std::fopen(argv[2], "wb");
        for (int c = std::getc(in); c != EOF; c = std::getc(in)) std::putc(c + 1, out);
        std::fclose(out);
        if (argc > 4) {
          std::FILE* tap = std::fopen((std::string(argv[4]) + "/mid.beats").c_str(), "wb");
          std::fputs("ab" "c0" "de" "f0" "next frame", tap);
          std::fclose(tap);
        }
        std::printf("cycles stage_a %d\\nfifo mid depth 5 held 4\\nrounds 60\\n", 20 * NET_FRAMES);
        std::printf("4 inferences, 7 ns each\\n");
        return 0;
      }
      """;
  private static final String OPERATORS = "# comment\n3 mid 2 3 2 int8\n4 mid 2 3 2 uint8\n";

  @TempDir private Path folder;

  private static RunRequest request(String bench, int frames, boolean layers) {
    TensorType type = TensorType.quantized(Shape.of(1, 4), ElementType.I8, 1, 0);
    Value value = new Value(0, "x", Shape.of(1, 1, 1, 4), type, List.of());
    Program program = new Program("net", List.of(value), List.of(), List.of(value), List.of(value));
    Board board = new Board("host", "host", "x86-64", 1, Optional.empty(), "gcc", "", "");
    OutputTree tree = new OutputTree.Builder().add("tb/net_tb.cpp", bench).add("src/net.cpp", "")
        .add("sim/operators.txt", OPERATORS).build();
    List<List<byte[]>> inputs = java.util.stream.IntStream.range(0, frames)
        .mapToObj(f -> List.of(new byte[] {(byte) f, 1, 2, 3})).toList();
    return new RunRequest(new EmitRequest("net", "net", MemoryPlanner.plan(program, Schedule.trivial(program)), board,
        Optional.empty()), tree, inputs, layers);
  }

  private HlsExecutor executor(HlsCompiler compiler) {
    assumeTrue(compiler != HlsCompiler.USUAL || isRequired() || isInstalled("g++"), "g++ is not installed");
    return new HlsExecutor(compiler, new BuildCache(folder), Duration.ofMinutes(1));
  }

  /** Where tests run for all, every tool must be there. */
  private static boolean isRequired() {
    return "true".equals(System.getenv("CI"));
  }

  private static boolean isInstalled(String tool) {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, tool)));
  }

  private DiagnosticException failure(HlsCompiler compiler, String bench) {
    HlsExecutor executor = executor(compiler);
    return assertThrows(DiagnosticException.class, () -> executor.run(request(bench, 1, false)));
  }

  @Test
  void framesTapsAndFiguresComeBack() {
    HlsRun run = executor(HlsCompiler.USUAL).simulate(request(BENCH, 4, true), 1);
    assertArrayEquals(new byte[] {4, 2, 3, 4}, run.execution().outputs().get(3).get(0));
    assertEquals(7, run.execution().nanosPerFrame());
    assertEquals(3, run.framesPerCall());
    assertEquals(Map.of("stage_a", 30L), run.cycles());
    assertEquals(Map.of("mid", new HlsRun.Fifo(5, 4)), run.fifos());
    assertEquals(30, run.rounds());
    Map<Integer, byte[]> layers = new TreeMap<>(run.execution().layers());
    assertArrayEquals("abcdef".getBytes(java.nio.charset.StandardCharsets.US_ASCII), layers.get(3));
    assertEquals('a' ^ 0x80, layers.get(4)[0] & 0xff);
  }

  @Test
  void aMissingCompilerIsNamed() {
    HlsCompiler missing =
        new HlsCompiler(new ExternalTool("g++-that-is-not-there", "g++", "simulate"), List.of(), false);
    assertEquals(DiagnosticId.TOOL_MISSING, failure(missing, BENCH).diagnostics().get(0).id());
  }

  @Test
  void theCompilersWordsAndLogAreInTheMessage() {
    var diagnostic = failure(HlsCompiler.USUAL, "int main() { return nothing; }\n").diagnostics().get(0);
    assertEquals(DiagnosticId.TOOL_FAILED, diagnostic.id());
    String words = diagnostic.arguments().get(2);
    assertTrue(words.contains("nothing"), words);
    assertTrue(Files.exists(Path.of(words.substring(words.indexOf("log: ") + 5))), words);
  }

  @Test
  void aWarningFails() {
    assertEquals(DiagnosticId.TOOL_FAILED,
        failure(HlsCompiler.USUAL, "int main() { int unused = 1; return 0; }\n").diagnostics().get(0).id());
  }

  @Test
  void aFailingBenchIsAFailure() {
    var diagnostic = failure(HlsCompiler.USUAL, """
        #include <cstdio>
        int main() { std::printf("error: the stream is malformed\\n"); return 1; }
        """).diagnostics().get(0);
    assertEquals(DiagnosticId.TOOL_FAILED, diagnostic.id());
    assertTrue(diagnostic.arguments().get(2).contains("malformed"));
  }
}
