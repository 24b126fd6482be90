package io.bitwright.runners.gcc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bitwright.boards.Board;
import io.bitwright.ir.diag.DiagnosticException;
import io.bitwright.ir.diag.DiagnosticId;
import io.bitwright.ir.kernel.Program;
import io.bitwright.ir.kernel.Schedule;
import io.bitwright.ir.kernel.Value;
import io.bitwright.ir.memory.MemoryPlan;
import io.bitwright.ir.memory.MemoryPlanner;
import io.bitwright.ir.type.ElementType;
import io.bitwright.ir.type.Shape;
import io.bitwright.ir.type.TensorType;
import io.bitwright.runners.BuildCache;
import io.bitwright.runners.RunRequest;
import io.bitwright.target.EmitRequest;
import io.bitwright.target.OutputTree;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes wrong around gcc, and that nothing is left running. */
class GccExecutorFailureTest {
  private static final String COPIES = """
      #include <stdio.h>
      int main(int argc, char **argv)
      {
          FILE *in = fopen(argv[1], "rb"), *out = fopen(argv[2], "wb");
          for (int c; (c = getc(in)) != EOF;) putc(c + argc - 3, out);
          fclose(out);
          puts("2 inferences, 7 ns each");
          return 0;
      }
      """;
  private static final String HANGS = "#include <unistd.h>\nint main(void) { sleep(600); return 0; }\n";

  @TempDir private Path folder;

  private static RunRequest request(String source) {
    TensorType type = TensorType.quantized(Shape.of(1, 4), ElementType.I8, 1, 0);
    Value value = new Value(0, "x", Shape.of(1, 1, 1, 4), type, List.of());
    Program program = new Program("net", List.of(value), List.of(), List.of(value), List.of(value));
    MemoryPlan plan = MemoryPlanner.plan(program, Schedule.trivial(program));
    Board board = new Board("host", "host", "x86-64", 1, Optional.empty(), "gcc", "", "");
    OutputTree tree = new OutputTree.Builder().add("main.c", source).add("README.md", "").build();
    return new RunRequest(new EmitRequest("net", "net", plan, board, Optional.empty()), tree,
        List.of(List.of(new byte[] {1, 2, 3, 4}), List.of(new byte[] {5, 6, 7, 8})), false);
  }

  private GccExecutor executor(String command, Duration limit) {
    return new GccExecutor(command, new BuildCache(folder), limit);
  }

  private static DiagnosticId failure(GccExecutor executor, String source) {
    return assertThrows(DiagnosticException.class, () -> executor.run(request(source))).diagnostics().get(0).id();
  }

  @Test
  void framesGoThroughTheProgram() {
    var execution = executor("gcc", Duration.ofMinutes(1)).run(request(COPIES));
    assertEquals(2, execution.outputs().size());
    assertEquals(6, execution.outputs().get(1).get(0)[1]);
    assertEquals(7, execution.nanosPerFrame());
  }

  @Test
  void aMissingCompilerIsNamed() {
    assertEquals(DiagnosticId.TOOL_MISSING, failure(executor("gcc-that-is-not-there", Duration.ofMinutes(1)), COPIES));
  }

  @Test
  void theCompilersWordsAndLogAreInTheMessage() {
    DiagnosticException e = assertThrows(DiagnosticException.class,
        () -> executor("gcc", Duration.ofMinutes(1)).run(request("int main(void) { return nothing; }\n")));
    assertEquals(DiagnosticId.TOOL_FAILED, e.diagnostics().get(0).id());
    String words = e.diagnostics().get(0).arguments().get(2);
    assertTrue(words.contains("nothing"), words);
    assertTrue(Files.exists(Path.of(words.substring(words.indexOf("log: ") + 5))), words);
  }

  @Test
  void aFailingProgramIsAFailure() {
    assertEquals(DiagnosticId.TOOL_FAILED,
        failure(executor("gcc", Duration.ofMinutes(1)), "int main(void) { return 3; }\n"));
  }

  @Test
  void aProgramThatHangsIsEnded() {
    assertEquals(DiagnosticId.TOOL_FAILED, failure(executor("gcc", Duration.ofSeconds(2)), HANGS));
    assertFalse(childrenRun());
  }

  @Test
  void anInterruptEndsTheProgram() throws InterruptedException {
    boolean[] cancelled = {false};
    Thread thread = new Thread(() -> {
      try {
        executor("gcc", Duration.ofMinutes(5)).run(request(HANGS));
      } catch (CancellationException e) {
        cancelled[0] = Thread.currentThread().isInterrupted();
      }
    });
    thread.start();
    while (!childrenRun()) {
      Thread.sleep(10);
    }
    Thread.sleep(500);
    thread.interrupt();
    thread.join();
    assertTrue(cancelled[0]);
    assertFalse(childrenRun());
  }

  private static boolean childrenRun() {
    try (Stream<ProcessHandle> children = ProcessHandle.current().descendants()) {
      return children.anyMatch(ProcessHandle::isAlive);
    }
  }

  @Test
  void aTreeIsBuiltOnce() throws Exception {
    Path calls = folder.resolve("calls");
    Path counting = Files.writeString(folder.resolve("counting-gcc"),
        "#!/bin/sh\necho x >> '" + calls + "'\nexec gcc \"$@\"\n");
    assertTrue(counting.toFile().setExecutable(true));
    for (int i = 0; i < 2; i++) {
      executor(counting.toString(), Duration.ofMinutes(1)).run(request(COPIES));
    }
    assertEquals(1, Files.readAllLines(calls).size());
    executor(counting.toString(), Duration.ofMinutes(1)).run(request(COPIES + "\n"));
    assertEquals(2, Files.readAllLines(calls).size());
  }
}
