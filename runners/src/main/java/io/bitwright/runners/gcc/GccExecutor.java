package io.bitwright.runners.gcc;

import io.bitwright.ir.kernel.Program;
import io.bitwright.runners.BuildCache;
import io.bitwright.runners.Execution;
import io.bitwright.runners.Executor;
import io.bitwright.runners.ExternalTool;
import io.bitwright.runners.RunRequest;
import io.bitwright.runners.ToolProcess;
import io.bitwright.runners.UnfinishedFolder;
import io.bitwright.target.OutputTree;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Runs emitted C on this machine: built by gcc, fed through files. Built programs are kept in the cache. */
public final class GccExecutor implements Executor {
  private static final List<String> FLAGS = List.of("-O2", "-std=c99", "-ffp-contract=off");
  private static final String TRACE_HEADER = "bitwright_trace.h";
  private static final String PROGRAM = "bitwright_run";

  private final ExternalTool compiler;
  private final BuildCache cache;
  private final Duration limit;

  /** With gcc from the PATH and the user's cache. */
  public GccExecutor() {
    this("gcc", BuildCache.ofUser(), Duration.ofMinutes(10));
  }

  /**
   * With a compiler of another name.
   *
   * @param limit  for each of build and run
   */
  public GccExecutor(String command, BuildCache cache, Duration limit) {
    this.compiler = new ExternalTool(command, "gcc", "build the generated C");
    this.cache = cache;
    this.limit = limit;
  }

  @Override
  public String name() {
    return "c";
  }

  @Override
  public String target() {
    return "c";
  }

  @Override
  public List<ExternalTool> tools() {
    return List.of(compiler);
  }

  @Override
  public Execution run(RunRequest request) {
    SortedMap<Integer, byte[]> layers = new TreeMap<>();
    if (request.layers() && !request.frames().isEmpty()) {
      Frames.Result traced = run(request, request.frames().subList(0, 1), true);
      layers.putAll(TraceFile.read(traced.trace(), request.emitted().plan().program()));
      if (request.frames().size() == 1) {
        return new Execution(traced.outputs(), layers, traced.nanosPerFrame());
      }
    }
    Frames.Result result = run(request, request.frames(), false);
    return new Execution(result.outputs(), layers, result.nanosPerFrame());
  }

  private Frames.Result run(RunRequest request, List<List<byte[]>> frames, boolean traced) {
    Program program = request.emitted().plan().program();
    if (frames.isEmpty()) {
      return new Frames.Result(List.of(), 0, new byte[0]);
    }
    Path built = build(request, traced);
    try {
      Path folder = Files.createTempDirectory("bitwright-run-");
      UnfinishedFolder unfinished = new UnfinishedFolder(folder);
      boolean done = false;
      try {
        Frames files = new Frames(folder, program, frames);
        List<String> command = new ArrayList<>(List.of(built.resolve(PROGRAM).toString()));
        command.addAll(files.arguments());
        ExternalTool own = new ExternalTool(request.emitted().name(), "gcc", "run the generated C");
        String printed = new ToolProcess(own, command, folder, folder.resolve("run.log"), limit).run();
        Frames.Result result = files.result(printed);
        done = true;
        return result;
      } finally {
        unfinished.leave();
        if (done) {
          BuildCache.delete(folder);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Builds all C files but the self-test into one program. */
  private Path build(RunRequest request, boolean traced) {
    String name = request.emitted().name();
    OutputTree tree = traced ? withTraceHeader(request.tree()) : request.tree();
    List<String> command = new ArrayList<>(List.of(compiler.command()));
    command.addAll(FLAGS);
    if (traced) {
      command.addAll(List.of("-include", TRACE_HEADER));
    }
    command.addAll(List.of("-o", PROGRAM));
    tree.files().keySet().stream().filter(p -> p.endsWith(".c") && !p.equals(name + "_selftest.c"))
        .forEach(command::add);
    return cache.folder("c", tree, command,
        folder -> new ToolProcess(compiler, command, folder, folder.resolve("build.log"), limit).run());
  }

  private static OutputTree withTraceHeader(OutputTree tree) {
    OutputTree.Builder extended = new OutputTree.Builder();
    tree.files().forEach(extended::add);
    try (InputStream header = GccExecutor.class.getResourceAsStream(TRACE_HEADER)) {
      return extended.add(TRACE_HEADER, header.readAllBytes()).build();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
