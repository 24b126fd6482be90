package io.bitwright.frontend.quantise.range;

import io.bitwright.frontend.quantise.work.Parallel;
import io.bitwright.frontend.quantise.work.Progress;
import io.bitwright.ir.diag.Diagnostics;
import io.bitwright.ir.graph.Graph;
import io.bitwright.ir.graph.Node;
import io.bitwright.ir.interp.Interpreter;
import io.bitwright.ir.kernel.Lowering;
import io.bitwright.ir.kernel.Program;
import io.bitwright.ir.kernel.Schedule;
import io.bitwright.ir.memory.MemoryPlan;
import io.bitwright.ir.memory.MemoryPlanner;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Runs an f32 graph on the interpreter, every kernel on its own, and observes every tensor. The observations do not
 * depend on the number of threads.
 */
public final class Calibration {
  private final Graph graph;
  private final MemoryPlan plan;
  private final boolean withMoments;

  /**
   * Prepares.
   *
   * @param withMoments  whether means and deviations of channels are wanted
   */
  public Calibration(Graph graph, boolean withMoments) {
    this.graph = graph;
    this.withMoments = withMoments;
    Program program = Lowering.lower(numbered(graph), new Diagnostics());
    this.plan = MemoryPlanner.plan(program, Schedule.trivial(program));
  }

  /** The graph with each node standing for the source operator of its own index, so that a trace has all nodes. */
  private static Graph numbered(Graph graph) {
    Map<Node, Node> images = new IdentityHashMap<>();
    for (int i = 0; i < graph.nodes().size(); i++) {
      Node node = graph.nodes().get(i);
      List<Node> operands = node.operands().stream().map(images::get).toList();
      List<Integer> origins = node.isConstant() ? List.of() : List.of(i);
      images.put(node, new Node(node.op(), operands, node.type(), node.name(), node.location(), origins));
    }
    return graph.mapped(images::get);
  }

  /** What one thread has seen. */
  private final class Worker {
    private final Interpreter interpreter = new Interpreter(plan);
    private final Histogram[] histograms = new Histogram[graph.nodes().size()];
    private final Map<Integer, Frame> frames = new java.util.TreeMap<>();

    private void run(int index, List<byte[]> inputs) {
      Frame frame = new Frame(graph.nodes().size());
      interpreter.run(inputs, (node, raw) -> see(frame, node, raw));
      frames.put(index, frame);
    }

    private void see(Frame frame, int node, byte[] raw) {
      if (!graph.nodes().get(node).type().isFloat()) {
        return; // indices of largest elements
      }
      frame.ranges[node] = Range.of(raw);
      if (histograms[node] == null) {
        histograms[node] = new Histogram();
      }
      histograms[node].add(raw, frame.ranges[node]);
      if (withMoments && graph.nodes().get(node).type().shape().rank() > 0) {
        frame.moments[node] = new Moments(graph.nodes().get(node).type().shape().dim(-1));
        frame.moments[node].add(raw);
      }
    }
  }

  private static final class Frame {
    private final Range[] ranges;
    private final Moments[] moments;

    Frame(int nodes) {
      this.ranges = new Range[nodes];
      this.moments = new Moments[nodes];
    }
  }

  /**
   * Runs the frames.
   *
   * @param frames  per inference the raw inputs; at least one
   * @param threads  how many run at a time, each in an arena of its own; at least 1
   */
  public Observations observe(List<List<byte[]>> frames, int threads, Progress progress) {
    List<Worker> workers = new ArrayList<>();
    Parallel.run(frames.size(), threads, () -> {
      Worker worker = new Worker();
      synchronized (workers) {
        workers.add(worker);
      }
      return index -> worker.run(index, frames.get(index));
    }, done -> progress.at("calibrating", done, frames.size()));
    Frame[] inOrder = new Frame[frames.size()];
    workers.forEach(w -> w.frames.forEach((index, frame) -> inOrder[index] = frame));
    Map<Node, Observation> byNode = new IdentityHashMap<>();
    IntStream.range(0, graph.nodes().size()).filter(n -> inOrder[0].ranges[n] != null).forEach(n ->
        byNode.put(graph.nodes().get(n), observation(n, List.of(inOrder), workers)));
    return new Observations(byNode);
  }

  private static Observation observation(int node, List<Frame> frames, List<Worker> workers) {
    Histogram histogram = new Histogram();
    workers.stream().map(w -> w.histograms[node]).filter(h -> h != null).forEach(histogram::merge);
    Optional<Moments> moments = Optional.empty();
    if (frames.get(0).moments[node] != null) {
      Moments sum = new Moments(frames.get(0).moments[node].channels());
      frames.forEach(f -> sum.add(f.moments[node]));
      moments = Optional.of(sum);
    }
    return new Observation(frames.stream().map(f -> f.ranges[node]).toList(), histogram, moments);
  }
}
