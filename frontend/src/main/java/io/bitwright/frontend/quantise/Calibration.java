package io.bitwright.frontend.quantise;

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
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Runs an f32 graph on the interpreter, every kernel on its own, and observes every tensor. The observations do not
 * depend on the order of the frames nor on the number of threads.
 */
final class Calibration {
  private final Graph graph;
  private final MemoryPlan plan;

  /** Prepares. */
  Calibration(Graph graph) {
    this.graph = graph;
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
    return new Graph(graph.name(), graph.inputs().stream().map(images::get).toList(),
        graph.outputs().stream().map(images::get).toList());
  }

  /**
   * Runs the frames.
   *
   * @param frames  per inference the raw inputs; at least one
   * @param threads  how many run at a time, each in an arena of its own; at least 1
   */
  Observations observe(List<List<byte[]>> frames, int threads) {
    int workers = Math.min(threads, frames.size());
    AtomicInteger next = new AtomicInteger();
    ExecutorService pool = Executors.newFixedThreadPool(workers);
    try {
      List<Future<Range[]>> parts = new ArrayList<>();
      for (int i = 0; i < workers; i++) {
        parts.add(pool.submit(() -> worker(frames, next)));
      }
      Range[] all = new Range[graph.nodes().size()];
      for (Future<Range[]> part : parts) {
        merge(all, part.get());
      }
      return byNode(all);
    } catch (ExecutionException e) {
      throw new IllegalStateException("calibration failed", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("calibration was interrupted", e);
    } finally {
      pool.shutdownNow();
    }
  }

  private Range[] worker(List<List<byte[]>> frames, AtomicInteger next) {
    Interpreter interpreter = new Interpreter(plan);
    Range[] seen = new Range[graph.nodes().size()];
    for (int f = next.getAndIncrement(); f < frames.size(); f = next.getAndIncrement()) {
      interpreter.run(frames.get(f), (index, raw) ->
          seen[index] = seen[index] == null ? Range.of(raw) : seen[index].union(Range.of(raw)));
    }
    return seen;
  }

  private static void merge(Range[] into, Range[] from) {
    Arrays.setAll(into, i -> into[i] == null ? from[i] : from[i] == null ? into[i] : into[i].union(from[i]));
  }

  private Observations byNode(Range[] ranges) {
    Map<Node, Range> byNode = new IdentityHashMap<>();
    for (int i = 0; i < ranges.length; i++) {
      if (ranges[i] != null) {
        byNode.put(graph.nodes().get(i), ranges[i]);
      }
    }
    return new Observations(byNode);
  }
}
