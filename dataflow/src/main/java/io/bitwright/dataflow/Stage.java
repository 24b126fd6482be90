package io.bitwright.dataflow;

import io.bitwright.ir.diag.SourceLocation;
import io.bitwright.ir.kernel.Kernel;
import io.bitwright.ir.kernel.Value;
import io.bitwright.ir.op.Window;
import io.bitwright.ir.scalar.Scalar;
import io.bitwright.ir.type.TensorData;
import java.util.Optional;

/** One unit of the accelerator: reads one stream, writes one. docs/dataflow.md states what each computes in which order. */
public sealed interface Stage {
  /**
   * What every stage has.
   *
   * @param name  a legal identifier, unique in the plan
   * @param comment  source node and shapes, for people; untrusted text
   * @param value  the program's value that the output stream is; absent where a stage only rearranges
   */
  record Header(String name, String comment, SourceLocation location, Optional<Value> value) {}

  Header header();

  Stream input();

  Stream output();

  /** Cycles a frame that the stage takes at least, when neither neighbour holds it up. */
  long intervalCycles();

  default String name() {
    return header().name();
  }

  /**
   * Keeps the last rows of a feature map and gives the window of each output pixel.
   *
   * <p>Holds {@code capacityPixels} pixels in a ring, counted over frames: input pixel i of all that ever came lies at
   * slot {@code i % capacityPixels}. It takes a pixel when its slot's former one is no longer needed, and gives a window
   * when all of its pixels inside the image are there, so that the next frame's first rows come in while this frame's last
   * windows go out.
   *
   * @param fill  the code of taps outside of the image
   * @param capacityPixels  slots of the ring
   * @param lines  the ring; {@code copies} is {@code output.tapLanes()}
   */
  record LineBuffer(Header header, FeatureMap input, Window window, int outputHeight, int outputWidth, Patches output,
      int fill, int capacityPixels, Memory lines) implements Stage {
    @Override
    public long intervalCycles() {
      return Math.max(input.beats(), output.beats());
    }
  }

  /**
   * Convolution, dense or grouped, and fully connected: {@code pe} output channels at a time, each a dot product of
   * {@code input.lanes()} lanes a cycle, {@code beatsPerGroup} cycles long. A group's patch is read from the stream in the
   * first of its {@code outputFolds} passes and kept for the others.
   *
   * @param pe  output channels worked on together
   * @param outputFolds  passes over a group's patch: {@code ceil(outputs of a group / pe)}
   * @param packed  weights and biases in order of use
   * @param patch  holds a patch where there is more than one pass
   * @param requantisers  results a cycle; divides {@code pe}; the lanes of {@code output}
   */
  record Dense(Header header, Kernel.Dot kernel, Patches input, FeatureMap output, int pe, int outputFolds,
      PackedWeights packed, Memory weights, Optional<Memory> patch, Multipliers multipliers) implements Stage {
    @Override
    public long intervalCycles() {
      return input.beats() * outputFolds;
    }

    public int requantisers() {
      return output.lanes();
    }

    /** Output channels of one group. */
    public int outputsPerGroup() {
      return output.channels() / input.groups();
    }

    public int macLanes() {
      return pe * input.lanes();
    }

    public Scalar epilogue() {
      return kernel.epilogue();
    }
  }

  /**
   * Depthwise convolution with multiplier 1: {@code input.wordLanes()} channels at a time, {@code input.tapLanes()} taps of
   * each a cycle.
   */
  record Depthwise(Header header, Kernel.Dot kernel, Patches input, FeatureMap output, PackedWeights packed,
      Memory weights, Multipliers multipliers) implements Stage {
    @Override
    public long intervalCycles() {
      return input.beats();
    }

    /** Channels worked on together. */
    public int pe() {
      return input.wordLanes();
    }

    public int requantisers() {
      return output.lanes();
    }

    public int macLanes() {
      return input.lanes();
    }

    public Scalar epilogue() {
      return kernel.epilogue();
    }
  }

  /**
   * Maximum or sum over windows, {@code input.wordLanes()} channels at a time. Taps outside of the image carry the line
   * buffer's fill, which changes neither maximum nor sum; how many lay inside is counted here from the position.
   */
  record Pool(Header header, Kernel.Reduce kernel, Patches input, FeatureMap output) implements Stage {
    @Override
    public long intervalCycles() {
      return input.beats();
    }

    /** Channels worked on together. */
    public int pe() {
      return input.wordLanes();
    }

    public int requantisers() {
      return output.lanes();
    }

    public Scalar epilogue() {
      return kernel.epilogue();
    }
  }

  /** Maximum or sum over the whole image: one accumulator a channel; a channel's result leaves with its last pixel. */
  record GlobalPool(Header header, Kernel.Reduce kernel, FeatureMap input, FeatureMap output, Memory accumulators)
      implements Stage {
    @Override
    public long intervalCycles() {
      return input.beats();
    }

    public Scalar epilogue() {
      return kernel.epilogue();
    }
  }

  /** A function of 8-bit codes given by 256 entries, lane by lane: {@code y = table[x + 128]}. */
  record Lookup(Header header, TensorData table, FeatureMap input, FeatureMap output) implements Stage {
    @Override
    public long intervalCycles() {
      return input.beats();
    }
  }

  /**
   * A function of one map, lane by lane.
   *
   * @param body  of the code {@code x0} and {@code channel}
   */
  record Elementwise(Header header, Scalar body, FeatureMap input, FeatureMap output) implements Stage {
    @Override
    public long intervalCycles() {
      return input.beats();
    }
  }

  /** Softmax over each pixel's channels, a code at a time; the streams have one lane. */
  record Softmax(Header header, Kernel.RowSoftmax kernel, FeatureMap input, FeatureMap output, long cyclesPerPixel)
      implements Stage {
    @Override
    public long intervalCycles() {
      return input.pixels() * cyclesPerPixel;
    }
  }

  /**
   * Pixels around a map; streams have the same lanes.
   *
   * @param top  rows above
   * @param left  columns before
   * @param fill  their code in every channel
   */
  record Pad(Header header, int top, int left, int fill, FeatureMap input, FeatureMap output) implements Stage {
    @Override
    public long intervalCycles() {
      return output.beats();
    }
  }

  /**
   * The same codes in the same order in beats of another width, and where shapes differ in other pixels: idle lanes of the
   * input are dropped, and the output starts a beat with each of its pixels.
   */
  record Repack(Header header, FeatureMap input, FeatureMap output) implements Stage {
    public Repack {
      if (input.codes() != output.codes()) {
        throw new IllegalArgumentException("a repacking from " + input + " to " + output);
      }
    }

    @Override
    public long intervalCycles() {
      return Math.max(input.beats(), output.beats());
    }
  }
}
