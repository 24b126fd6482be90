package io.bitwright.runners.verilator;

import io.bitwright.dataflow.Channel;
import io.bitwright.dataflow.DataflowPlan;
import io.bitwright.dataflow.Prediction;
import io.bitwright.dataflow.fold.DataflowPlanner;
import io.bitwright.dataflow.timing.PlanSimulation;
import io.bitwright.runners.BuildCache;
import io.bitwright.runners.Execution;
import io.bitwright.runners.Executor;
import io.bitwright.runners.ExternalTool;
import io.bitwright.runners.HardwareFigures;
import io.bitwright.runners.HardwareFigures.ChannelMark;
import io.bitwright.runners.RunRequest;
import io.bitwright.runners.SimulationOptions;
import io.bitwright.runners.UnfinishedFolder;
import io.bitwright.target.EmitRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Simulates an emitted accelerator with Verilator: all frames back to back through one design. docs/dataflow.md names the
 * ports; the plan, which is made again here from the same request, says what passes through them.
 */
public final class RtlExecutor implements Executor {
  private static final Duration BUILD_LIMIT = Duration.ofHours(1);
  private static final Duration RUN_LIMIT = Duration.ofHours(12);

  private final SimulationBuild build;

  /** With the tools of the PATH and the user's cache. */
  public RtlExecutor() {
    this(Verilator.tools(), BuildCache.ofUser());
  }

  /**
   * With tools of other names.
   *
   * @param tools  Verilator, make and the C++ compiler, in this order
   */
  public RtlExecutor(List<ExternalTool> tools, BuildCache cache) {
    this.build = new SimulationBuild(tools.get(0), tools.get(1), tools.get(2), cache, BUILD_LIMIT);
  }

  @Override
  public String name() {
    return "rtl";
  }

  @Override
  public String target() {
    return "rtl";
  }

  @Override
  public List<ExternalTool> tools() {
    return List.of(build.verilator(), build.make(), build.compiler());
  }

  @Override
  public Execution run(RunRequest request) {
    EmitRequest emitted = request.emitted();
    DataflowPlan plan = DataflowPlanner.plan(
        emitted.name(), emitted.plan().program(), emitted.board(), emitted.hardware().lanes());
    SimulationOptions options = request.simulation();
    Path built = build.folder(request.tree(), plan, emitted.hardware().probes(),
        options.waveform().map(SimulationOptions.Waveform::format), request.progress());
    try {
      Path folder = Files.createTempDirectory("bitwright-run-");
      UnfinishedFolder unfinished = new UnfinishedFolder(folder);
      boolean done = false;
      try {
        List<Tap> taps = options.taps() || request.layers() ? Tap.of(plan) : List.of();
        SimulationRun.Result result = new SimulationRun(plan, request, folder).run(built, taps, RUN_LIMIT);
        if (options.waveform().isPresent()) {
          SaveFile.write(options.waveform().get(), plan, result);
        }
        done = true;
        return execution(plan, request, result);
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

  private static Execution execution(DataflowPlan plan, RunRequest request, SimulationRun.Result result) {
    SortedMap<Integer, byte[]> layers = request.layers() ? result.taps().get(0) : new TreeMap<>();
    return new Execution(result.outputs().stream().map(List::of).toList(), layers, 0,
        Optional.of(figures(plan, request, result)), request.simulation().taps() ? result.taps() : List.of());
  }

  private static OptionalLong present(Optional<Long> number) {
    return number.map(OptionalLong::of).orElse(OptionalLong.empty());
  }

  private static HardwareFigures figures(DataflowPlan plan, RunRequest request, SimulationRun.Result result) {
    long[][] frames = result.frames();
    int last = frames.length - 1;
    OptionalLong interval =
        last > 0 ? OptionalLong.of(frames[last][3] - frames[last - 1][3]) : OptionalLong.empty();
    // What the plan promises is promised without pauses.
    Optional<Prediction> predicted = request.simulation().stallSeed().isPresent() ? Optional.empty()
        : Optional.of(PlanSimulation.of(plan));
    List<ChannelMark> marks = new ArrayList<>();
    for (Channel channel : request.simulation().taps() ? plan.channels() : List.<Channel>of()) {
      long[] mark = result.marks()[channel.id()];
      marks.add(new ChannelMark(channel.name(), channel.depth(), (int) mark[0], mark[1], mark[2]));
    }
    return new HardwareFigures(interval, OptionalLong.of(frames[0][3] - frames[0][0]),
        present(predicted.map(Prediction::intervalCycles)), present(predicted.map(Prediction::latencyCycles)),
        plan.macLanes(), Macs.of(plan), marks);
  }
}
