package io.bitwright.cli.tools;

import io.bitwright.runners.Executor;
import io.bitwright.runners.ExternalTool;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Looks for external tools on the PATH. */
public final class SystemTools {
  private static final Pattern VERSION = Pattern.compile("\\d+(\\.\\d+)+[\\w.+-]*");
  private static final int LONGEST_ANSWER = 4096;

  private SystemTools() {}

  public static boolean isPresent(ExternalTool tool) {
    return find(tool.command()).isPresent();
  }

  /** The tools of an executor that are not installed. */
  public static List<ExternalTool> missing(Executor executor) {
    return executor.tools().stream().filter(tool -> !isPresent(tool)).toList();
  }

  public static Optional<Path> find(String command) {
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    return Arrays.stream(path.split(File.pathSeparator)).filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder, command)).filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
        .findFirst();
  }

  /** What the tool says of its version; empty where it says nothing within some seconds. */
  public static Optional<String> version(ExternalTool tool) {
    Optional<String> answer = ask(tool.command(), "--version");
    return answer.map(VERSION::matcher).filter(Matcher::find).map(Matcher::group);
  }

  private static Optional<String> ask(String... command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true)
          .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null"))).start();
      Thread killer = new Thread(process::destroyForcibly);
      Runtime.getRuntime().addShutdownHook(killer);
      try (InputStream out = process.getInputStream()) {
        byte[] answer = out.readNBytes(LONGEST_ANSWER);
        boolean ended = process.waitFor(10, TimeUnit.SECONDS);
        return ended ? Optional.of(new String(answer, StandardCharsets.UTF_8)) : Optional.empty();
      } finally {
        process.destroyForcibly();
        Runtime.getRuntime().removeShutdownHook(killer);
      }
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
