package io.bitwright.runners.verilator;

import io.bitwright.runners.ExternalTool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The installed Verilator: checks and builds folders of SystemVerilog. Knows nothing about what a design does. */
public final class Verilator {
  private static final String PROGRAM = "verilator";
  private static final Duration LIMIT = Duration.ofMinutes(20);

  /** What the C++ compiler spends its time on. */
  public enum Effort {
    /** Shortest build: for designs that run for a few million cycles at most. */
    BUILD_FAST("OPT_FAST=-O1", "OPT_SLOW=-O0"),
    /** Shortest run: about a third more cycles a second for a build several times as long. */
    RUN_FAST("OPT_FAST=-O3", "OPT_SLOW=-O1");

    private final List<String> makeVariables;

    Effort(String... makeVariables) {
      this.makeVariables = List.of(makeVariables);
    }
  }

  private Verilator() {}

  /** The external tools that a build needs. */
  public static List<ExternalTool> tools() {
    return List.of(
        new ExternalTool(PROGRAM, "verilator", "simulate the generated RTL"),
        new ExternalTool("make", "make", "build a simulation"),
        new ExternalTool("g++", "g++", "compile a simulation"));
  }

  /** The version line of the installed Verilator. */
  public static String version() {
    byte[] text = new Subprocess(List.of(PROGRAM, "--version"), Path.of("."), LIMIT).run(new byte[0]);
    return new String(text, StandardCharsets.UTF_8).strip();
  }

  /**
   * Lints the design with all warnings on; two are waived, since generated files hold several modules and may leave
   * bits unused.
   *
   * @throws ToolException if there is any warning
   */
  public static void lint(Path sources, String top) {
    List<String> command = new ArrayList<>(List.of(PROGRAM, "--lint-only", "-Wall"));
    command.addAll(List.of("-Wno-UNUSEDSIGNAL", "-Wno-DECLFILENAME", "--top-module", top));
    command.addAll(designFiles(sources));
    new Subprocess(command, sources, LIMIT).run(new byte[0]);
  }

  /**
   * Builds the design and its harness into one program.
   *
   * @param sources  folder with the design's .sv files
   * @param top  top module; the harness sees it as class Design of Design.h
   * @param harness  C++ file with the main function
   * @param build  folder for what is built, made if it is missing
   * @throws ToolException if Verilator or the C++ compiler fails
   */
  public static VerilatedModel build(Path sources, String top, Path harness, Path build, Effort effort) {
    try {
      Files.createDirectories(build);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    List<String> verilate = new ArrayList<>(List.of(PROGRAM, "--cc", "--exe", "--threads", "1", "-O3"));
    verilate.addAll(List.of("--x-assign", "fast", "--x-initial", "fast", "--noassert"));
    verilate.addAll(List.of("--top-module", top, "--prefix", "Design", "-o", "simulation"));
    verilate.addAll(List.of("--Mdir", build.toAbsolutePath().toString()));
    verilate.addAll(designFiles(sources));
    verilate.add(harness.toAbsolutePath().toString());
    new Subprocess(verilate, build, LIMIT).run(new byte[0]);

    List<String> make = new ArrayList<>(List.of("make", "-f", "Design.mk", "-j", jobs()));
    make.addAll(effort.makeVariables);
    new Subprocess(make, build, LIMIT).run(new byte[0]);
    return new VerilatedModel(build.resolve("simulation"));
  }

  private static String jobs() {
    return Integer.toString(Runtime.getRuntime().availableProcessors());
  }

  /** The design's files in the order of their names. */
  private static List<String> designFiles(Path sources) {
    try (Stream<Path> files = Files.list(sources)) {
      List<String> names =
          files.map(f -> f.toAbsolutePath().toString()).filter(f -> f.endsWith(".sv")).sorted().toList();
      if (names.isEmpty()) {
        throw new ToolException(sources + " holds no .sv file");
      }
      return names;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
