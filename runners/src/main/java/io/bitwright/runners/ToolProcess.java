package io.bitwright.runners;

import io.bitwright.ir.diag.DiagnosticException;
import io.bitwright.ir.diag.DiagnosticId;
import io.bitwright.ir.diag.SourceLocation;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * One run of an external program, its output kept in a log. The program and its children are ended with it when it takes
 * too long, when the calling thread is interrupted and when this process ends.
 *
 * @param tool  the program, for messages
 * @param command  program and arguments
 * @param folder  where it runs
 * @param log  takes its output and its errors
 */
public record ToolProcess(ExternalTool tool, List<String> command, Path folder, Path log, Duration limit) {
  private static final int MOST_WORDS = 120;
  private static final int SECONDS_TO_DIE = 5;
  private static final long LOOK_MILLIS = 200;
  private static final int LOG_TAIL = 1000;

  public ToolProcess {
    command = List.copyOf(command);
  }

  /**
   * Runs it to its end.
   *
   * @return what it printed
   * @throws DiagnosticException if it is not installed, fails or takes too long
   * @throws CancellationException if the thread is interrupted; the interrupt stays set
   */
  public String run() {
    return run(line -> { });
  }

  /** As {@link #run()}; tells the last line printed from time to time. */
  public String run(Consumer<String> lastLine) {
    Started started = new Started();
    Thread end = new Thread(started::kill);
    addHook(end);
    try {
      Process process = started.start();
      if (!ends(process, lastLine)) {
        throw failure("timeout", "did not end within " + limit.toSeconds() + " s");
      }
      if (process.exitValue() != 0) {
        throw failure(String.valueOf(process.exitValue()), words());
      }
      return printed();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException(tool.command() + " was interrupted");
    } finally {
      started.kill();
      removeHook(end);
    }
  }

  /** The program, once it runs; one that starts while this process is being ended is ended too. */
  private final class Started {
    private Process process;

    synchronized Process start() {
      process = ToolProcess.this.start();
      return process;
    }

    /** From the root down, so that a program that starts others does not start one more meanwhile. */
    synchronized void kill() {
      if (process == null) {
        return;
      }
      List<ProcessHandle> children = process.descendants().toList();
      process.destroyForcibly();
      children.forEach(child -> {
        child.descendants().forEach(ProcessHandle::destroyForcibly);
        child.destroyForcibly();
      });
      process.onExit().completeOnTimeout(process, SECONDS_TO_DIE, TimeUnit.SECONDS).join();
    }
  }

  private Process start() {
    try {
      return new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true)
          .redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")))
          .redirectOutput(log.toFile()).start();
    } catch (IOException e) {
      throw DiagnosticException.of(DiagnosticId.TOOL_MISSING, SourceLocation.NONE, tool.command(),
          "it is needed to " + tool.purpose() + "; Debian package " + tool.debianPackage());
    }
  }

  /** Whether it ends within the limit. */
  private boolean ends(Process process, Consumer<String> lastLine) throws InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    String told = "";
    while (System.nanoTime() < end) {
      long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime()) + 1;
      if (process.waitFor(Math.min(left, LOOK_MILLIS), TimeUnit.MILLISECONDS)) {
        return true;
      }
      String line = lastLine();
      if (!line.equals(told)) {
        lastLine.accept(line);
        told = line;
      }
    }
    return false;
  }

  /** The last whole line of the log, empty if there is none yet. */
  private String lastLine() {
    try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
      byte[] tail = new byte[(int) Math.min(file.length(), LOG_TAIL)];
      file.seek(file.length() - tail.length);
      file.readFully(tail);
      String text = new String(tail, StandardCharsets.UTF_8);
      int end = text.lastIndexOf('\n');
      return end < 0 ? "" : text.substring(text.lastIndexOf('\n', end - 1) + 1, end);
    } catch (IOException e) {
      return "";
    }
  }

  private void addHook(Thread hook) {
    try {
      Runtime.getRuntime().addShutdownHook(hook);
    } catch (IllegalStateException e) {
      throw new CancellationException(tool.command() + " is not started any more");
    }
  }

  private static void removeHook(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process is ending; the hook has run or will.
    }
  }

  private DiagnosticException failure(String status, String words) {
    return DiagnosticException.of(DiagnosticId.TOOL_FAILED, SourceLocation.NONE, tool.command(), status,
        words + "; log: " + log);
  }

  /** The first line that speaks of an error, else the last line. */
  private String words() {
    List<String> lines = printed().lines().filter(l -> !l.isBlank()).toList();
    String chosen = lines.stream().filter(l -> l.contains("error")).findFirst()
        .orElse(lines.isEmpty() ? "it said nothing" : lines.get(lines.size() - 1));
    return chosen.length() > MOST_WORDS ? chosen.substring(0, MOST_WORDS) + "..." : chosen;
  }

  private String printed() {
    try {
      return new String(Files.readAllBytes(log), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
