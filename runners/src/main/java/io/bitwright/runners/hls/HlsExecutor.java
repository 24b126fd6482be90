package io.bitwright.runners.hls;

import io.bitwright.ir.kernel.Value;
import io.bitwright.runners.BuildCache;
import io.bitwright.runners.Execution;
import io.bitwright.runners.Executor;
import io.bitwright.runners.ExternalTool;
import io.bitwright.runners.RunRequest;
import io.bitwright.runners.ToolProcess;
import io.bitwright.target.OutputTree;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Simulates emitted HLS C++ on this machine: built by a C++ compiler with the tree's own stand-ins for the HLS tool's
 * headers, fed through files. Built programs are kept in the cache.
 */
public final class HlsExecutor implements Executor {
  /** Frames that follow each other without a gap, so that line buffers are seen to run on from one to the next. */
  private static final int MOST_FRAMES_A_CALL = 3;
  private static final String PROGRAM = "bitwright_run";
  private static final Pattern BENCH = Pattern.compile("tb/\\w+_tb\\.cpp");
  private static final Pattern TIME = Pattern.compile("(\\d+) inferences, (\\d+) ns each");

  private final HlsCompiler compiler;
  private final BuildCache cache;
  private final Duration limit;

  /** With g++ from the PATH and the user's cache. */
  public HlsExecutor() {
    this(HlsCompiler.USUAL, BuildCache.ofUser(), Duration.ofMinutes(10));
  }

  /**
   * With another compiler.
   *
   * @param limit  for each of build and run
   */
  public HlsExecutor(HlsCompiler compiler, BuildCache cache, Duration limit) {
    this.compiler = compiler;
    this.cache = cache;
    this.limit = limit;
  }

  @Override
  public String name() {
    return "hls";
  }

  @Override
  public String target() {
    return "hls";
  }

  @Override
  public List<ExternalTool> tools() {
    return List.of(compiler.tool());
  }

  @Override
  public Execution run(RunRequest request) {
    long seed = request.simulation().stallSeed().orElse(1);
    if (!request.simulation().taps()) {
      return simulate(request, seed).execution();
    }
    RunRequest tapped = new RunRequest(
        request.emitted(), request.tree(), request.frames(), true, request.simulation(), request.progress());
    Execution run = simulate(tapped, seed).execution();
    return new Execution(run.outputs(), request.layers() ? run.layers() : new TreeMap<>(), run.nanosPerFrame(),
        run.hardware(), List.of(run.layers()));
  }

  /**
   * Runs, and tells more of it.
   *
   * @param seed  orders the stages where they run side by side; 0: all in step, a cycle each at a time
   */
  public HlsRun simulate(RunRequest request, long seed) {
    if (request.frames().isEmpty()) {
      return new HlsRun(new Execution(List.of(), new TreeMap<>(), 0), 1, new TreeMap<>(), new TreeMap<>(), 0);
    }
    int framesPerCall = Math.min(request.frames().size(), MOST_FRAMES_A_CALL);
    Path program = build(request, framesPerCall).resolve(PROGRAM);
    Simulation all = new Simulation(program, request.frames(), seed, request.layers() && request.frames().size() == 1);
    Finished finished = simulate(request, all);
    SortedMap<Integer, byte[]> layers = request.layers() && !all.tapped()
        ? simulate(request, new Simulation(program, request.frames().subList(0, 1), seed, true)).layers()
        : finished.layers();
    Matcher time = TIME.matcher(finished.printed());
    long nanos = time.find() ? Long.parseLong(time.group(2)) : 0;
    int calls = (request.frames().size() + framesPerCall - 1) / framesPerCall;
    return HlsRun.of(new Execution(finished.outputs(), layers, nanos), framesPerCall, calls, finished.printed());
  }

  /** What a built program is to do. */
  private record Simulation(Path program, List<List<byte[]>> frames, long seed, boolean tapped) {}

  /** What it did. */
  private record Finished(List<List<byte[]>> outputs, SortedMap<Integer, byte[]> layers, String printed) {}

  private Finished simulate(RunRequest request, Simulation simulation) {
    try {
      Path folder = Files.createTempDirectory("bitwright-run-");
      write(folder.resolve("input.bin"), simulation.frames(), request.emitted().plan().program().inputs().get(0));
      List<String> command = new ArrayList<>(List.of(
          simulation.program().toString(), "input.bin", "output.bin", String.valueOf(simulation.seed())));
      if (simulation.tapped()) {
        command.add(".");
      }
      ExternalTool own = new ExternalTool(request.emitted().name(), "g++", "run the generated HLS C++");
      String printed = new ToolProcess(own, command, folder, folder.resolve("run.log"), limit).run();
      Finished finished = new Finished(
          read(folder.resolve("output.bin"), simulation.frames().size(),
              request.emitted().plan().program().outputs().get(0)),
          simulation.tapped() ? new Taps(request.tree()).read(folder) : new TreeMap<>(), printed);
      BuildCache.delete(folder);
      return finished;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(Path file, List<List<byte[]>> frames, Value input) throws IOException {
    try (OutputStream out = Files.newOutputStream(file)) {
      for (List<byte[]> frame : frames) {
        if (frame.size() != 1 || frame.get(0).length != input.sizeBytes()) {
          throw new IllegalArgumentException("a frame is not one tensor of " + input.sizeBytes() + " bytes");
        }
        out.write(frame.get(0));
      }
    }
  }

  private static List<List<byte[]>> read(Path file, int frames, Value output) throws IOException {
    byte[] all = Files.readAllBytes(file);
    int size = output.sizeBytes();
    if (all.length != size * frames) {
      throw new IllegalStateException("the output has " + all.length + " bytes instead of " + size * frames);
    }
    List<List<byte[]>> outputs = new ArrayList<>();
    for (int f = 0; f < frames; f++) {
      outputs.add(List.of(Arrays.copyOfRange(all, f * size, (f + 1) * size)));
    }
    return outputs;
  }

  /** The name of the top function, which its test bench is called after. */
  private static String top(OutputTree tree) {
    String bench = tree.files().keySet().stream().filter(BENCH.asMatchPredicate()).findFirst().orElseThrow();
    return bench.substring(bench.indexOf('/') + 1, bench.lastIndexOf("_tb"));
  }

  /** Compiles the sources and the test bench, for calls of so many frames. */
  private Path build(RunRequest request, int framesPerCall) {
    List<String> command = new ArrayList<>(List.of(compiler.tool().command()));
    command.addAll(compiler.flags());
    command.addAll(List.of("-Isrc", "-Isim"));
    command.add("-D" + top(request.tree()).toUpperCase(Locale.ROOT) + "_FRAMES=" + framesPerCall);
    if (compiler.parallel()) {
      command.add("-DBW_PARALLEL");
    }
    command.addAll(List.of("-o", PROGRAM));
    request.tree().files().keySet().stream().filter(p -> p.endsWith(".cpp")).forEach(command::add);
    return cache.folder("hls", request.tree(), command,
        folder -> new ToolProcess(compiler.tool(), command, folder, folder.resolve("build.log"), limit).run());
  }
}
