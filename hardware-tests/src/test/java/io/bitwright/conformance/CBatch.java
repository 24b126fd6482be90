package io.bitwright.conformance;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.bitwright.boards.Boards;
import io.bitwright.c.CTarget;
import io.bitwright.ir.interp.Interpreter;
import io.bitwright.ir.interp.Trace;
import io.bitwright.ir.kernel.Value;
import io.bitwright.runners.ExternalTool;
import io.bitwright.runners.ToolProcess;
import io.bitwright.target.EmitRequest;
import io.bitwright.target.OutputTree;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Runs many cases as generated C in one program: gcc starts once for a few dozen networks, with all warnings as errors
 * and, unless told otherwise, with both sanitizers. Every arena has its exact size and holds garbage before each run.
 */
public final class CBatch {
  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final List<String> SANITIZED = List.of("-O1", "-std=c99", "-ffp-contract=off", "-Wall", "-Wextra",
      "-Wconversion", "-Werror", "-fsanitize=address,undefined", "-fno-sanitize-recover=all");
  private static final List<String> OPTIMISED =
      List.of("-O1", "-std=c99", "-ffp-contract=off", "-Wall", "-Wextra", "-Wconversion", "-Werror");
  private static final ExternalTool GCC = new ExternalTool("gcc", "gcc", "build the generated C");
  private static final String PRELUDE = """
      #include <stdint.h>
      #include <stdio.h>
      #include <stdlib.h>

      static void fill(uint8_t *arena, size_t bytes)
      {
          static uint32_t state = 1;
          for (size_t i = 0; i < bytes; i++) {
              state = state * 1664525u + 1013904223u;
              arena[i] = (uint8_t)(state >> 24);
          }
      }

      static void take(void *to, size_t bytes)
      {
          if (fread(to, 1, bytes, stdin) != bytes) {
              exit(1);
          }
      }

      static void give(const void *from, size_t bytes)
      {
          if (fwrite(from, 1, bytes, stdout) != bytes) {
              exit(1);
          }
      }

      """;

  private final Path folder;
  private final List<Linked> cases;
  private final int networksAUnit;
  private final List<String> flags;

  /**
   * Cases to run together.
   *
   * @param folder  empty; takes sources and programs
   * @param networksAUnit  networks that gcc compiles at a time
   */
  public CBatch(Path folder, List<Linked> cases, int networksAUnit) {
    this(folder, cases, networksAUnit, SANITIZED);
  }

  /** Cases compiled as a user would: optimised, without sanitizers. */
  public static CBatch optimised(Path folder, List<Linked> cases, int networksAUnit) {
    return new CBatch(folder, cases, networksAUnit, OPTIMISED);
  }

  private CBatch(Path folder, List<Linked> cases, int networksAUnit, List<String> flags) {
    this.flags = flags;
    this.networksAUnit = networksAUnit;
    this.folder = folder;
    this.cases = List.copyOf(cases);
  }

  /** Whether gcc is on the PATH; skips the test where it is not. */
  public static void assumeCompiler() {
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    boolean there = Pattern.compile(Pattern.quote(File.pathSeparator)).splitAsStream(path)
        .anyMatch(p -> Files.isExecutable(Path.of(p).resolve(GCC.command())));
    assumeTrue(there, "gcc is not installed");
  }

  /** What the C computes other than the cases expect, or in any byte, floats too, other than the interpreter. */
  public List<String> differences() {
    try {
      List<String> units = writeSources();
      units.parallelStream().forEach(unit -> compile(unit, List.of("-c")));
      compile("main.c", units.stream().map(u -> u.replace(".c", ".o")).toList());
      return compare(run());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<String> writeSources() throws IOException {
    List<String> units = new ArrayList<>();
    StringBuilder main = new StringBuilder();
    for (int from = 0; from < cases.size(); from += networksAUnit) {
      StringBuilder unit = new StringBuilder();
      for (Linked linked : cases.subList(from, Math.min(from + networksAUnit, cases.size()))) {
        write(emit(linked));
        unit.append("#include \"" + linked.symbol() + ".c\"\n#include \"" + linked.symbol() + "_weights.c\"\n");
        unit.append("#undef BW_TRACE\n");
        main.append("#include \"" + linked.symbol() + ".h\"\n");
      }
      units.add("unit" + units.size() + ".c");
      Files.writeString(folder.resolve(units.get(units.size() - 1)), unit);
    }
    main.append(PRELUDE);
    cases.forEach(c -> main.append(c.driver()).append('\n'));
    main.append("int main(void)\n{\n");
    cases.forEach(c -> main.append("    run_" + c.symbol() + "();\n"));
    Files.writeString(folder.resolve("main.c"), main.append("    return 0;\n}\n"));
    return units;
  }

  private static OutputTree emit(Linked linked) {
    return new CTarget().emit(new EmitRequest(linked.symbol(), linked.expected().name(), linked.plan(),
        Boards.find("host").board(), Optional.empty()));
  }

  private void write(OutputTree tree) throws IOException {
    for (var file : tree.files().entrySet()) {
      if (file.getKey().endsWith(".h") || file.getKey().endsWith(".c") && !file.getKey().equals("main.c")) {
        Files.write(folder.resolve(file.getKey()), file.getValue());
      }
    }
  }

  private void compile(String source, List<String> more) {
    List<String> command = new ArrayList<>(List.of(GCC.command()));
    command.addAll(flags);
    command.addAll(List.of("-o", source.replace(".c", more.contains("-c") ? ".o" : ""), source));
    command.addAll(more);
    new ToolProcess(GCC, command, folder, folder.resolve(source + ".log"), LIMIT).run();
  }

  private byte[] run() throws IOException {
    Path inputs = folder.resolve("inputs.bin");
    Path outputs = folder.resolve("outputs.bin");
    Path log = folder.resolve("run.log");
    try (var out = Files.newOutputStream(inputs)) {
      for (Linked linked : cases) {
        for (byte[] input : linked.expected().inputs()) {
          out.write(input);
        }
      }
    }
    Process process = new ProcessBuilder(folder.resolve("main").toString()).redirectInput(inputs.toFile())
        .redirectOutput(outputs.toFile()).redirectError(log.toFile()).start();
    try {
      if (process.waitFor() != 0) {
        throw new AssertionError("the generated C failed: " + Files.readString(log));
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    return Files.readAllBytes(outputs);
  }

  private List<String> compare(byte[] written) {
    ByteBuffer buffer = ByteBuffer.wrap(written);
    List<String> found = new ArrayList<>();
    for (Linked linked : cases) {
      Case expected = linked.expected();
      List<byte[]> actual = outputs(linked, buffer);
      found.addAll(Oracle.differences(expected, actual));
      List<byte[]> interpreted = new Interpreter(linked.plan()).run(expected.inputs(), Trace.NONE);
      Case definition = new Case(expected.name() + " interpreted", expected.program(), expected.inputs(), interpreted,
          Tolerance.NONE);
      found.addAll(Oracle.differences(definition, actual));
    }
    return found;
  }

  private static List<byte[]> outputs(Linked linked, ByteBuffer from) {
    List<Value> outputs = linked.plan().program().outputs();
    List<byte[]> all = new ArrayList<>();
    IntStream.range(0, outputs.size()).forEach(i -> {
      byte[] tensor = new byte[outputs.get(i).sizeBytes()];
      from.get(tensor);
      all.add(tensor);
    });
    return all;
  }
}
