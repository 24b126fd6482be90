package io.bitwright.frontend.quantise.evaluate;

import io.bitwright.frontend.quantise.work.Progress;
import io.bitwright.ir.graph.Node;
import io.bitwright.ir.op.Op;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Walks through a float network and its quantised form, node by node, on some frames. After each node it is asked what
 * takes the quantised node's place; later nodes compute with what that gives. Tensors are kept only while they are used.
 */
final class LockStep {
  private final Quantized network;
  private final List<List<byte[]>> frames;
  private final NodeRun runs;
  private final Map<Node, List<byte[]>> reals = new IdentityHashMap<>();
  private final Map<Node, List<byte[]>> codes = new IdentityHashMap<>();
  /** From nodes of the quantised network to those that took their places. */
  private final Map<Node, Node> replaced = new IdentityHashMap<>();

  /** A node of both networks with what it gives. */
  final class Step {
    private final Node real;
    private final Node image;

    private Step(Node real, Node image) {
      this.real = real;
      this.image = image;
    }

    Node real() {
      return real;
    }

    /** On operands that may have been replaced. */
    Node image() {
      return image;
    }

    /** What the float network gives, f32, a frame each. */
    List<byte[]> expected() {
      return reals.get(real);
    }

    /** What the quantised network gives, as f32. */
    List<byte[]> actual() {
      return runs.dequantized(image, codes.get(image));
    }

    /** What another node gives in the image's place, as f32. */
    List<byte[]> actual(Node other) {
      return runs.dequantized(other, runs.of(other, codes, frames.size()));
    }

    /** What the image gives, as f32, where its operands are the float network's, in codes. */
    List<byte[]> alone() {
      boolean computesReals = image.operands().stream().anyMatch(o -> o.type().isFloat());
      if (image.operands().size() != real.operands().size() || image.operands().isEmpty() || computesReals) {
        return runs.dequantized(image, runs.quantized(real, expected(), image.type()));
      }
      Map<Node, List<byte[]>> exact = new IdentityHashMap<>();
      for (int i = 0; i < image.operands().size(); i++) {
        Node operand = image.operand(i);
        if (!operand.isConstant()) {
          exact.put(operand, runs.quantized(real.operand(i), reals.get(real.operand(i)), operand.type()));
        }
      }
      return runs.dequantized(image, runs.of(image, exact, frames.size()));
    }
  }

  /** What is to be done at each node. */
  @FunctionalInterface
  interface Visitor {
    /** The node that takes the image's place, or the image. */
    Node visit(Step step);
  }

  /**
   * Prepares.
   *
   * @param frames  per inference the raw f32 inputs
   */
  LockStep(Quantized network, List<List<byte[]>> frames, int threads) {
    this.network = network;
    this.frames = frames;
    this.runs = new NodeRun(threads);
  }

  /** Walks; gives the quantised network as replaced. */
  Quantized walk(String stage, Visitor visitor, Progress progress) {
    List<Node> nodes = network.reals().nodes().stream().filter(n -> !n.isConstant()).toList();
    List<List<Node>> realSteps = nodes.stream().map(List::of).toList();
    List<List<Node>> codeSteps = steps(nodes);
    Map<Node, Integer> lastOfReals = lastUses(realSteps);
    Map<Node, Integer> lastOfCodes = lastUses(codeSteps);
    Map<Node, Node> images = new IdentityHashMap<>();
    for (int i = 0; i < nodes.size(); i++) {
      int step = i;
      Node real = nodes.get(i);
      reals.put(real, real.op() instanceof Op.Input ? input(real) : runs.of(real, reals, frames.size()));
      codeSteps.get(i).forEach(node -> run(real, node));
      images.put(real, visited(visitor, real));
      lastOfReals.forEach((node, last) -> forget(reals, node, last == step));
      lastOfCodes.forEach((node, last) -> forget(codes, now(node), last == step));
      progress.at(stage, i + 1, nodes.size());
    }
    return new Quantized(network.reals(), network.codes().mapped(this::now), images);
  }

  private static void forget(Map<Node, List<byte[]>> tensors, Node node, boolean done) {
    if (done) {
      tensors.remove(node);
    }
  }

  /** The nodes that each step runs: the image and what it needs that no earlier step ran, operands first. */
  private List<List<Node>> steps(List<Node> nodes) {
    Set<Node> run = Collections.newSetFromMap(new IdentityHashMap<>());
    return nodes.stream().map(real -> {
      List<Node> step = new ArrayList<>();
      collect(network.image(real), run, step);
      return step;
    }).toList();
  }

  private static void collect(Node node, Set<Node> run, List<Node> step) {
    if (!node.isConstant() && run.add(node)) {
      node.operands().forEach(o -> collect(o, run, step));
      step.add(node);
    }
  }

  private static Map<Node, Integer> lastUses(List<List<Node>> steps) {
    Map<Node, Integer> last = new IdentityHashMap<>();
    for (int i = 0; i < steps.size(); i++) {
      for (Node node : steps.get(i)) {
        for (Node operand : node.operands()) {
          last.put(operand, i);
        }
      }
    }
    return last;
  }

  /** Runs a node of the quantised network on operands as they are now. */
  private void run(Node real, Node original) {
    if (original.op() instanceof Op.Input) {
      codes.put(original, original.type().isFloat() ? reals.get(real)
          : runs.quantized(real, reals.get(real), original.type()));
      return;
    }
    Node node = original.withOperands(now(original.operands()));
    if (node != original) {
      replaced.put(original, node);
    }
    codes.put(node, runs.of(node, codes, frames.size()));
  }

  private Node visited(Visitor visitor, Node real) {
    Node image = now(network.image(real));
    Node result = real.type().isFloat() ? visitor.visit(new Step(real, image)) : image;
    if (result != image) {
      codes.remove(image);
      codes.put(result, runs.of(result, codes, frames.size()));
      replaced.put(network.image(real), result);
    }
    return result;
  }

  private Node now(Node original) {
    return replaced.getOrDefault(original, original);
  }

  private List<Node> now(List<Node> originals) {
    return originals.stream().map(this::now).toList();
  }

  private List<byte[]> input(Node real) {
    int index = network.reals().inputs().indexOf(real);
    return frames.stream().map(frame -> frame.get(index)).toList();
  }
}
