package io.bitwright.compiler;

import io.bitwright.compiler.Inference.Layers;
import io.bitwright.compiler.Mismatch.Difference;
import io.bitwright.ir.kernel.Value;
import io.bitwright.ir.type.TensorType;
import io.bitwright.runners.Execution;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;

/** Holds executors' outputs, or a user's own, against the interpreter's, byte for byte. */
public final class Verification {
  private final Network network;
  private final Inference inference;
  private final List<List<byte[]>> frames;
  private final Execution reference;

  /** Runs the frames on the interpreter. */
  public Verification(Network network, Inference inference, List<List<byte[]>> frames) {
    this.network = network;
    this.inference = inference;
    this.frames = frames.stream().map(List::copyOf).toList();
    this.reference = inference.run(Inference.INTERPRETER, this.frames, Layers.NONE);
  }

  /**
   * What came of one comparison.
   *
   * @param equalFrames  frames of which all bytes agree
   * @param mismatch  of the first frame that does not
   */
  public record Result(int equalFrames, Optional<Mismatch> mismatch, Execution execution) {}

  public Execution reference() {
    return reference;
  }

  /** Runs the frames on an executor. */
  public Result on(String executor) {
    Execution execution = inference.run(executor, frames, Layers.NONE);
    Optional<Mismatch> mismatch = firstDifferent(execution.outputs()).map(f -> explain(f, execution, executor))
        .or(() -> tapMismatch(execution));
    return new Result(equalFrames(execution.outputs()), mismatch, execution);
  }

  /** Where what a stage gave differs although the outputs agree. */
  private Optional<Mismatch> tapMismatch(Execution execution) {
    for (int f = 0; f < execution.taps().size(); f++) {
      Map<Integer, byte[]> expected = interpreted(f);
      Optional<LayerDifference> layer = firstLayer(expected, execution.taps().get(f));
      if (layer.isPresent()) {
        return Optional.of(layer.get().mismatch(f, layer.get().difference(), network, expected));
      }
    }
    return Optional.empty();
  }

  private Map<Integer, byte[]> interpreted(int frame) {
    return inference.run(Inference.INTERPRETER, List.of(frames.get(frame)), Layers.OF_KERNELS).layers();
  }

  /** Compares outputs that came from elsewhere; the layers of their run are not known. */
  public Result against(List<List<byte[]>> outputs) {
    Execution given = new Execution(outputs, new TreeMap<>(), 0);
    Optional<Mismatch> mismatch = firstDifferent(outputs)
        .map(f -> new Mismatch(f, outputDifference(f, outputs.get(f)), Optional.empty(), ""));
    return new Result(equalFrames(outputs), mismatch, given);
  }

  private int equalFrames(List<List<byte[]>> outputs) {
    int equal = 0;
    for (int f = 0; f < frames.size(); f++) {
      equal += isEqual(f, outputs.get(f)) ? 1 : 0;
    }
    return equal;
  }

  private Optional<Integer> firstDifferent(List<List<byte[]>> outputs) {
    return java.util.stream.IntStream.range(0, frames.size()).filter(f -> !isEqual(f, outputs.get(f))).boxed()
        .findFirst();
  }

  private boolean isEqual(int frame, List<byte[]> outputs) {
    List<byte[]> expected = reference.outputs().get(frame);
    for (int i = 0; i < expected.size(); i++) {
      if (!java.util.Arrays.equals(expected.get(i), outputs.get(i))) {
        return false;
      }
    }
    return true;
  }

  private Difference outputDifference(int frame, List<byte[]> outputs) {
    List<byte[]> expected = reference.outputs().get(frame);
    for (int i = 0; i < expected.size(); i++) {
      Optional<Difference> difference =
          difference("output " + i, network.outputTypes().get(i), expected.get(i), outputs.get(i));
      if (difference.isPresent()) {
        return difference.get();
      }
    }
    throw new IllegalStateException("frame " + frame + " does not differ");
  }

  private static Optional<Difference> difference(String tensor, TensorType type, byte[] expected, byte[] actual) {
    OptionalInt at = Elements.firstDifference(type, expected, actual);
    if (at.isEmpty()) {
      return Optional.empty();
    }
    int index = at.getAsInt();
    return Optional.of(new Difference(tensor, Elements.position(type.shape(), index),
        new Elements(type, expected).describe(index), new Elements(type, actual).describe(index)));
  }

  /** Runs the frame again with every layer recorded on both sides. */
  private Mismatch explain(int frame, Execution execution, String executor) {
    Difference output = outputDifference(frame, execution.outputs().get(frame));
    Map<Integer, byte[]> expected = interpreted(frame);
    return firstLayer(expected, layers(executor, frame, execution))
        .map(layer -> layer.mismatch(frame, output, network, expected))
        .orElseGet(() -> new Mismatch(frame, output, Optional.empty(), ""));
  }

  /** Hardware is run with the frames before this one too: it may matter what it did before. */
  private Map<Integer, byte[]> layers(String executor, int frame, Execution execution) {
    List<SortedMap<Integer, byte[]>> taps = execution.taps();
    if (taps.isEmpty() && execution.hardware().isPresent()) {
      taps = inference.tapped().run(executor, frames.subList(0, frame + 1), Layers.NONE).taps();
    }
    return taps.size() > frame ? taps.get(frame)
        : inference.run(executor, List.of(frames.get(frame)), Layers.OF_KERNELS).layers();
  }

  /** The first tensor, in order of the program, of which both sides know the elements and which differs. */
  private Optional<LayerDifference> firstLayer(Map<Integer, byte[]> expected, Map<Integer, byte[]> actual) {
    for (Value value : network.program().values()) {
      for (int origin : value.origins()) {
        if (expected.containsKey(origin) && actual.containsKey(origin)) {
          String name = "operator " + origin + " ('" + value.name() + "')";
          Optional<Difference> layer = difference(name, value.type(), expected.get(origin), actual.get(origin));
          if (layer.isPresent()) {
            int index = Elements.firstDifference(value.type(), expected.get(origin), actual.get(origin)).getAsInt();
            return Optional.of(new LayerDifference(value, index, layer.get()));
          }
        }
      }
    }
    return Optional.empty();
  }

  /** An element of a tensor of the program that differs. */
  private record LayerDifference(Value value, int index, Difference difference) {
    Mismatch mismatch(int frame, Difference output, Network network, Map<Integer, byte[]> expected) {
      return new Mismatch(frame, output, Optional.of(difference),
          ElementTrace.of(network.program(), value, index, expected));
    }
  }
}
