package io.bitwright.runners.verilator;

import io.bitwright.dataflow.DataflowPlan;
import io.bitwright.runners.BuildCache;
import io.bitwright.runners.ExternalTool;
import io.bitwright.runners.SimulationOptions.Format;
import io.bitwright.runners.ToolProcess;
import io.bitwright.target.OutputTree;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Turns an emitted tree into a program that simulates it: Verilator, then make with the C++ compiler. Built programs are
 * kept in the cache, by the tree's contents and the settings.
 *
 * @param verilator  turns the design into C++
 * @param make  builds that
 * @param compiler  the C++ compiler
 * @param limit  for each of the two steps
 */
record SimulationBuild(ExternalTool verilator, ExternalTool make, ExternalTool compiler, BuildCache cache,
    Duration limit) {
  /** The program in a built folder; it runs there, since the design names its memory images relative to it. */
  static final String PROGRAM = "simulation";
  private static final String HARNESS = "dataflow_harness.cpp";
  private static final String HEADER = "design.h";
  private static final String FILES = "rtl/files.f";
  private static final Map<Format, List<String>> WAVEFORMS = Map.of(
      Format.VCD, List.of("--trace", "verilated_vcd_c.h", "VerilatedVcdC"),
      Format.FST, List.of("--trace-fst", "verilated_fst_c.h", "VerilatedFstC"));

  /** The folder of the built program. */
  Path folder(OutputTree tree, DataflowPlan plan, boolean probes, Optional<Format> waveform, Consumer<String> progress) {
    OutputTree.Builder whole = new OutputTree.Builder();
    tree.files().forEach(whole::add);
    whole.add(HEADER, HarnessHeader.of(plan, probes)).add(HARNESS, harness());
    List<String> verilate = verilate(plan.name(), waveform);
    List<String> compile = compile();
    List<String> settings = new ArrayList<>(verilate);
    settings.addAll(compile);
    return cache.folder("rtl", whole.build(), settings, folder -> {
      progress.accept("verilator");
      new ToolProcess(verilator, verilate, folder, folder.resolve("verilator.log"), limit).run();
      new ToolProcess(make, compile, folder, folder.resolve("make.log"), limit)
          .run(line -> progress.accept("building the simulation: " + lastWord(line)));
      keepOnlyTheProgram(folder);
    });
  }

  private List<String> verilate(String top, Optional<Format> waveform) {
    List<String> command = new ArrayList<>(List.of(verilator.command(), "--cc", "--exe", "--threads", "1", "-O3"));
    command.addAll(List.of("--x-assign", "fast", "--x-initial", "fast", "--noassert", "-Wno-fatal"));
    command.addAll(List.of("--output-split", "20000", "--output-split-cfuncs", "2000"));
    command.addAll(List.of("--top-module", top, "--prefix", "Design", "--Mdir", "obj", "-o", "../" + PROGRAM));
    waveform.ifPresent(format -> {
      List<String> words = WAVEFORMS.get(format);
      command.add(words.get(0));
      command.addAll(List.of("-CFLAGS", "-DWAVEFORM_HEADER=\\\"" + words.get(1) + "\\\""));
      command.addAll(List.of("-CFLAGS", "-DWAVEFORM_CLASS=" + words.get(2)));
    });
    command.addAll(List.of("-CFLAGS", "-I..", "-f", FILES, HARNESS));
    return command;
  }

  private List<String> compile() {
    return List.of(make.command(), "-C", "obj", "-f", "Design.mk", "-j",
        Integer.toString(Runtime.getRuntime().availableProcessors()), "CXX=" + compiler.command(),
        "LINK=" + compiler.command(), "OPT_FAST=-O2", "OPT_SLOW=-O0", "OPT_GLOBAL=-O1");
  }

  private static String lastWord(String line) {
    return line.substring(line.lastIndexOf(' ') + 1);
  }

  private static byte[] harness() {
    try (InputStream harness = SimulationBuild.class.getResourceAsStream(HARNESS)) {
      return harness.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Objects of a large design take a hundred times the program's room. */
  private static void keepOnlyTheProgram(Path folder) {
    if (!Files.isExecutable(folder.resolve(PROGRAM))) {
      throw new IllegalStateException("no " + PROGRAM + " in " + folder);
    }
    BuildCache.delete(folder.resolve("obj"));
  }
}
