package io.bitwright.compiler;

import io.bitwright.boards.Board;
import io.bitwright.ir.interp.Interpreter;
import io.bitwright.ir.interp.Trace;
import io.bitwright.ir.memory.MemoryPlan;
import io.bitwright.runners.Execution;
import io.bitwright.runners.Executor;
import io.bitwright.runners.RunRequest;
import io.bitwright.runners.SimulationOptions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Runs a network on the interpreter or on what a target generates for it. */
public final class Inference {
  /** What {@code --on} names for the interpreter. */
  public static final String INTERPRETER = "interpreter";

  /** Which tensors a run records besides the outputs, of the first frame. */
  public enum Layers {
    /** None; kernels run as scheduled. */
    NONE,
    /** Those that kernels write; kernels run one by one. */
    OF_KERNELS,
    /** Those of every operator of the file; nothing is folded, kernels run one by one. */
    OF_FILE
  }

  private final Compiler compiler;
  private final Network network;
  private final Board board;
  private final SimulationOptions simulation;
  private final Consumer<String> progress;

  public Inference(Compiler compiler, Network network, Board board) {
    this(compiler, network, board, SimulationOptions.DEFAULT, state -> { });
  }

  /**
   * With choices about simulated hardware.
   *
   * @param progress  told from time to time how far long work is
   */
  public Inference(Compiler compiler, Network network, Board board, SimulationOptions simulation,
      Consumer<String> progress) {
    this.compiler = compiler;
    this.network = network;
    this.board = board;
    this.simulation = simulation;
    this.progress = progress;
  }

  /** The same with what leaves every stage of simulated hardware recorded. */
  Inference tapped() {
    return new Inference(compiler, network, board, new SimulationOptions(simulation.stallSeed(), true, Optional.empty(),
        simulation.resetAtCycle()), progress);
  }

  /**
   * Runs some inferences.
   *
   * @param on  the interpreter or an executor, by name
   * @param frames  per inference the raw inputs as the model types them
   * @throws io.bitwright.ir.diag.DiagnosticException if there is no such executor, or a tool of it is missing or fails
   */
  public Execution run(String on, List<List<byte[]>> frames, Layers layers) {
    MemoryPlan plan = plan(layers);
    boolean record = layers != Layers.NONE;
    if (on.equals(INTERPRETER)) {
      return interpret(plan, frames, record);
    }
    Executor executor = BackEnds.executor(on);
    Emitted emitted = compiler.emitForRun(
        network, BackEnds.target(executor.target()), board, plan, record || simulation.needsProbes());
    return executor.run(new RunRequest(emitted.request(), emitted.tree(), frames, record, simulation, progress));
  }

  /** The plan that a run executes. */
  public MemoryPlan plan(Layers layers) {
    return switch (layers) {
      case NONE -> network.plan();
      case OF_KERNELS -> network.trivialPlan();
      case OF_FILE -> compiler.tracePlan(network);
    };
  }

  private static Execution interpret(MemoryPlan plan, List<List<byte[]>> frames, boolean layers) {
    Interpreter interpreter = new Interpreter(plan);
    SortedMap<Integer, byte[]> recorded = new TreeMap<>();
    List<List<byte[]>> outputs = new ArrayList<>();
    long start = System.nanoTime();
    for (List<byte[]> frame : frames) {
      boolean trace = layers && outputs.isEmpty();
      outputs.add(interpreter.run(frame, trace ? recorded::put : Trace.NONE));
    }
    long nanos = (System.nanoTime() - start) / Math.max(1, frames.size());
    return new Execution(outputs, Collections.unmodifiableSortedMap(recorded), nanos);
  }
}
