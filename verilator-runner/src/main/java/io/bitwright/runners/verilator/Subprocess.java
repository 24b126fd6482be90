package io.bitwright.runners.verilator;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/** One run of an external program with binary input and output. No process outlives {@link #run}. */
final class Subprocess {
  private static final int REPORTED_CHARACTERS = 4000;

  private final List<String> command;
  private final Path folder;
  private final Duration limit;

  Subprocess(List<String> command, Path folder, Duration limit) {
    this.command = List.copyOf(command);
    this.folder = folder;
    this.limit = limit;
  }

  /**
   * Runs the program to its end.
   *
   * @param input  all of its standard input
   * @return all of its standard output
   * @throws ToolException unless the program ends with status 0 within the limit
   */
  byte[] run(byte[] input) {
    Process process = start();
    try {
      CompletableFuture<byte[]> output = read(process.getInputStream());
      CompletableFuture<byte[]> errors = read(process.getErrorStream());
      CompletableFuture.runAsync(() -> feed(process.getOutputStream(), input), Subprocess::thread);
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new ToolException(describe("did not end within " + limit.toSeconds() + " s", ""));
      }
      byte[] written = output.join();
      if (process.exitValue() != 0) {
        String text = new String(written, StandardCharsets.UTF_8) + new String(errors.join(), StandardCharsets.UTF_8);
        throw new ToolException(describe("ended with status " + process.exitValue(), text));
      }
      return written;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ToolException(describe("was interrupted", ""), e);
    } catch (CompletionException e) {
      throw new ToolException(describe("broke its output", ""), e);
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  private Process start() {
    try {
      return new ProcessBuilder(command).directory(folder.toFile()).start();
    } catch (IOException e) {
      throw new ToolException(describe("could not be started", ""), e);
    }
  }

  private String describe(String what, String output) {
    String tail = output.substring(Math.max(0, output.length() - REPORTED_CHARACTERS));
    return String.join(" ", command) + " " + what + (tail.isBlank() ? "" : ":\n" + tail);
  }

  private static CompletableFuture<byte[]> read(InputStream stream) {
    return CompletableFuture.supplyAsync(() -> readAll(stream), Subprocess::thread);
  }

  private static void thread(Runnable task) {
    Thread thread = new Thread(task, "subprocess-stream");
    thread.setDaemon(true);
    thread.start();
  }

  private static byte[] readAll(InputStream stream) {
    try (stream) {
      return stream.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes the input; a program that ends without reading it all is judged by its status, not by this. */
  private static void feed(OutputStream stream, byte[] input) {
    try (stream) {
      stream.write(input);
    } catch (IOException e) {
      // The reader has gone; its exit status says why.
    }
  }
}
