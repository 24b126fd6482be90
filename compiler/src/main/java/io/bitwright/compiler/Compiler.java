package io.bitwright.compiler;

import io.bitwright.boards.Board;
import io.bitwright.boards.FitCheck;
import io.bitwright.frontend.ModelLoader;
import io.bitwright.frontend.ModelSettings;
import io.bitwright.ir.cost.ConstantBytes;
import io.bitwright.ir.diag.Diagnostic;
import io.bitwright.ir.diag.DiagnosticId;
import io.bitwright.ir.diag.Diagnostics;
import io.bitwright.ir.diag.Severity;
import io.bitwright.ir.diag.SourceLocation;
import io.bitwright.ir.graph.Graph;
import io.bitwright.ir.interp.Interpreter;
import io.bitwright.ir.interp.Trace;
import io.bitwright.ir.kernel.Kernel;
import io.bitwright.ir.kernel.Lowering;
import io.bitwright.ir.kernel.Program;
import io.bitwright.ir.kernel.Schedule;
import io.bitwright.ir.kernel.Storage;
import io.bitwright.ir.memory.MemoryPlan;
import io.bitwright.ir.memory.MemoryPlanner;
import io.bitwright.ir.memory.ScheduleChooser;
import io.bitwright.target.EmitRequest;
import io.bitwright.target.EmitRequest.Recording;
import io.bitwright.target.HardwareOptions;
import io.bitwright.target.Target;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Takes a network from its file to generated sources. Every stage reports all of its findings, then stops with a
 * {@link io.bitwright.ir.diag.DiagnosticException}; nothing is printed.
 */
public final class Compiler {
  private static final long SELF_TEST_SEED = 1;

  private final CompileOptions options;
  private final CompileObserver observer;
  private final boolean integersOnly;

  public Compiler(CompileOptions options, CompileObserver observer) {
    this(options, observer, false);
  }

  private Compiler(CompileOptions options, CompileObserver observer, boolean integersOnly) {
    this.options = options;
    this.observer = observer;
    this.integersOnly = integersOnly;
  }

  /**
   * This compiler, for a network that these targets take. If one of them has no f32, a network whose weights come from a seed is
   * quantised; a trained one stays as it is, and the target refuses it, unless quantisation was asked for: ranges from generated
   * inputs say nothing about the pictures that it was trained on. One that is quantised between float ends takes and gives codes.
   */
  public Compiler serving(Collection<Target> targets) {
    return new Compiler(options, observer, targets.stream().anyMatch(Target::requiresIntegers));
  }

  /** This compiler for targets that take integers only. */
  public Compiler integersOnly() {
    return new Compiler(options, observer, true);
  }

  /** This compiler with float networks quantised, from generated inputs unless others were asked for. */
  public Compiler quantizing() {
    return options.quantization().isPresent() ? this
        : new Compiler(options.quantizing(QuantizationRequest.GENERATED), observer, integersOnly);
  }

  /** How it quantises float networks; empty if it leaves them. */
  public Optional<QuantizationRequest> quantization() {
    return options.quantization();
  }

  /** This compiler with other choices about hardware. */
  public Compiler with(HardwareOptions hardware) {
    return new Compiler(options.with(hardware), observer, integersOnly);
  }

  /** Reads a model file and takes it through passes, lowering and planning. */
  public Network load(Path model) {
    return load(model, ModelSettings.DEFAULT);
  }

  /** Reads a model with settings of a network description and takes it through passes, lowering and planning. */
  public Network load(Path model, ModelSettings settings) {
    Diagnostics notes = new Diagnostics();
    Graph graph = timed("import", () -> ModelLoader.load(model, settings, notes));
    notes.all().forEach(observer::warning);
    String name = model.toString();
    Compiler compiler = integersOnly && ModelLoader.isSeeded(model) ? quantizing() : this;
    return compiler.compile(
        graph, name.startsWith(ModelLoader.ZOO) ? name.substring(ModelLoader.ZOO.length()) : name);
  }

  /**
   * Takes a graph through passes, lowering and planning.
   *
   * @param source  the model file's name, from which the network's comes
   */
  public Network compile(Graph graph, String source) {
    Graph quantized =
        options.quantization().map(request -> new Quantization(options, observer).of(graph, request)).orElse(graph);
    IntegerEnds ends = integersOnly ? IntegerEnds.of(quantized) : IntegerEnds.none(quantized);
    Planned planned = plan(ends.graph());
    String name = options.name().orElse(Identifiers.stem(source));
    String file = source.substring(source.lastIndexOf('/') + 1);
    return new Network(name, Identifiers.ofNetwork(name), file, graph, quantized, ends, planned.optimised(),
        planned.plan());
  }

  private record Planned(Graph optimised, MemoryPlan plan) {}

  /**
   * Passes, lowering and planning. Where convolutions were merged, the network is also planned without: a merged tensor lies in
   * no row buffer, so that what saves traffic may cost memory that the schedule would have saved.
   */
  private Planned plan(Graph definition) {
    boolean[] merged = {false};
    Graph optimised = GraphPasses.run(definition, options, observer, () -> merged[0] = true);
    Planned first = new Planned(optimised, plan(lower(optimised)));
    if (!merged[0] || options.goal() == CompileOptions.Goal.SPEED) {
      return first;
    }
    Graph unmerged = GraphPasses.withoutMerging(definition, options);
    Planned second = new Planned(unmerged, plan(Lowering.lower(unmerged, new Diagnostics())));
    return second.plan().arenaBytes() < first.plan().arenaBytes() ? second : first;
  }

  private MemoryPlan plan(Program program) {
    return timed("plan", () -> options.goal() == CompileOptions.Goal.SPEED
        ? MemoryPlanner.plan(program, Schedule.trivial(program)) : ScheduleChooser.choose(program));
  }

  /**
   * A plan in which the tensor of every source operator exists that computes one: no operator is folded into another,
   * every kernel runs on its own. It gives the same bytes.
   */
  MemoryPlan tracePlan(Network network) {
    Program program = lower(GraphPasses.withoutFusion(network.definition()));
    return MemoryPlanner.plan(program, Schedule.trivial(program));
  }

  private Program lower(Graph graph) {
    Diagnostics diagnostics = new Diagnostics();
    Program program = timed("lower", () -> Lowering.lower(graph, diagnostics));
    diagnostics.all().stream().filter(d -> d.id().severity() != Severity.ERROR).forEach(observer::warning);
    return program;
  }

  /**
   * Generates the sources for a target and board, with a self-test recorded by the interpreter.
   *
   * @param selfTestInputs  raw inputs as the model types them; made up from a seed where absent
   */
  public Emitted emit(Network network, Target target, Board board, Optional<List<byte[]>> selfTestInputs) {
    requireFit(network, board);
    requireConstraints(network.program(), target);
    List<byte[]> inputs =
        selfTestInputs.orElseGet(() -> SeededInputs.frame(network.inputTypes(), SELF_TEST_SEED));
    List<byte[]> outputs =
        timed("record", () -> new Interpreter(network.plan()).run(inputs, Trace.NONE));
    return emit(network, target, board, network.plan(), Optional.of(new Recording(inputs, outputs)), options.hardware());
  }

  /**
   * Generates the sources for a run on this machine: no fit to check, no self-test.
   *
   * @param probes  whether a hardware design shows its channels
   */
  Emitted emitForRun(Network network, Target target, Board board, MemoryPlan plan, boolean probes) {
    requireConstraints(network.program(), target);
    HardwareOptions hardware = probes ? options.hardware().withProbes() : options.hardware();
    return emit(network, target, board, plan, Optional.empty(), hardware);
  }

  private Emitted emit(Network network, Target target, Board board, MemoryPlan plan, Optional<Recording> selfTest,
      HardwareOptions hardware) {
    EmitRequest request = new EmitRequest(network.identifier(), network.source(), plan, board, selfTest, hardware);
    return timed("emit", () -> new Emitted(request, target.emit(request)));
  }

  private void requireFit(Network network, Board board) {
    Diagnostics diagnostics = new Diagnostics();
    SourceLocation location = new SourceLocation(network.source(), 0, 0, "");
    long arena = network.plan().arenaBytes();
    new FitCheck(ConstantBytes.of(network.program()), arena).check(board, location, diagnostics);
    if (options.ramBudgetBytes().isPresent() && arena > options.ramBudgetBytes().getAsLong()) {
      diagnostics.report(DiagnosticId.OVER_BUDGET, location, arena, options.ramBudgetBytes().getAsLong());
    }
    diagnostics.throwIfErrors();
  }

  /** An operator of several kernels is refused once. */
  private static void requireConstraints(Program program, Target target) {
    Set<Diagnostic> found = new LinkedHashSet<>();
    for (Kernel kernel : program.kernels()) {
      if (target.requiresIntegers() && kernel.output().storage() == Storage.F32) {
        found.add(refused(kernel, target, "it takes integers only; --calibrate makes a network of them"));
      }
      target.constraints().stream().filter(c -> !c.accepts().test(kernel))
          .forEach(c -> found.add(refused(kernel, target, c.sentence())));
    }
    Diagnostics diagnostics = new Diagnostics();
    diagnostics.addAll(List.copyOf(found));
    diagnostics.throwIfErrors();
  }

  private static Diagnostic refused(Kernel kernel, Target target, String why) {
    return Diagnostic.of(DiagnosticId.TARGET_CONSTRAINT, kernel.header().location(), kernel.header().label(),
        target.name(), why);
  }

  private <T> T timed(String stage, Supplier<T> work) {
    long start = System.nanoTime();
    T result = work.get();
    observer.time(stage, System.nanoTime() - start);
    return result;
  }
}
