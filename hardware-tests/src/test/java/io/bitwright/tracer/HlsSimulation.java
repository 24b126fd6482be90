package io.bitwright.tracer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.bitwright.runners.ToolProcess;
import io.bitwright.target.OutputTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** HLS C++ compiled by g++ with sanitizers: bytes in, bytes out. */
final class HlsSimulation {
  private static final String PROGRAM = "simulation";
  private static final Duration LIMIT = Duration.ofMinutes(5);

  private final Path folder;

  private HlsSimulation(Path folder) {
    this.folder = folder;
  }

  /** Writes the tree to the folder and compiles it. */
  static HlsSimulation build(OutputTree tree, Path folder) throws IOException {
    List<String> command = new ArrayList<>(List.of("g++", "-std=c++14", "-O1", "-Wall", "-Wextra", "-Werror",
        "-fsanitize=address,undefined", "-fno-sanitize-recover=all", "-I.", "-o", PROGRAM));
    for (Map.Entry<String, byte[]> file : tree.files().entrySet()) {
      Files.write(folder.resolve(file.getKey()), file.getValue());
      if (file.getKey().endsWith(".cpp")) {
        command.add(file.getKey());
      }
    }
    new ToolProcess(RequiredTools.GPP, command, folder, folder.resolve("build.log"), LIMIT).run();
    return new HlsSimulation(folder);
  }

  byte[] run(byte[] input) throws IOException, InterruptedException {
    Path in = Files.write(folder.resolve("in.bin"), input);
    Path out = folder.resolve("out.bin");
    Path errors = folder.resolve("errors.txt");
    Process process = new ProcessBuilder(folder.resolve(PROGRAM).toString()).redirectInput(in.toFile())
        .redirectOutput(out.toFile()).redirectError(errors.toFile()).start();
    if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
    assertEquals(0, process.waitFor(), Files.readString(errors));
    return Files.readAllBytes(out);
  }
}
