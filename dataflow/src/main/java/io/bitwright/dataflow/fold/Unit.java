package io.bitwright.dataflow.fold;

import io.bitwright.dataflow.SoftmaxTiming;
import io.bitwright.dataflow.Stream;
import io.bitwright.ir.kernel.Kernel;
import io.bitwright.ir.kernel.Kernel.Connection;
import io.bitwright.ir.kernel.Value;
import io.bitwright.ir.op.Window;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * A kernel that becomes a stage, and its useful foldings: none is both slower and larger than another.
 *
 * @param kernel  any kernel of a chain
 * @param foldings  by falling interval, rising lanes
 */
record Unit(Kernel kernel, List<Folding> foldings) {
  /** Most lanes of one stage, since HLS tools neither unroll a loop nor partition an array further. */
  private static final int MOST_LANES = 1024;

  static Unit of(Kernel kernel) {
    List<Folding> all = new ArrayList<>();
    if (isDepthwise(kernel)) {
      channelwise(kernel, ((Kernel.Dot) kernel).window(), true, all);
    } else if (kernel instanceof Kernel.Dot dot) {
      dense(dot, all);
    } else if (kernel instanceof Kernel.Reduce reduce && !isGlobal(reduce)) {
      channelwise(kernel, reduce.window(), false, all);
    } else if (kernel instanceof Kernel.RowSoftmax softmax) {
      all.add(new Folding(0, kernel.output().pixels() * SoftmaxTiming.of(softmax).interval(), 1, 1, 1));
    } else {
      Value widest = kernel.output().pixels() > input(kernel).pixels() ? kernel.output() : input(kernel);
      for (int lanes : ways(widest.c())) {
        all.add(new Folding(0, (long) widest.pixels() * Stream.ceilDiv(widest.c(), lanes), lanes, lanes, 1));
      }
    }
    return new Unit(kernel, useful(all));
  }

  static Value input(Kernel kernel) {
    return kernel.inputs().get(0);
  }

  /** One filter a channel; with several the kernel is a grouped convolution. */
  static boolean isDepthwise(Kernel kernel) {
    return kernel instanceof Kernel.Dot dot && dot.connection() == Connection.DEPTHWISE
        && input(kernel).c() == kernel.output().c();
  }

  /** Whether each output is a function of a channel's whole image. */
  static boolean isGlobal(Kernel.Reduce reduce) {
    Value in = input(reduce);
    Window window = reduce.window();
    return window.padding().isNone() && window.extentH() == in.h() && window.extentW() == in.w()
        && window.kernelH() == in.h() && window.kernelW() == in.w();
  }

  /** Groups of channels that a dense stage reduces apart. */
  static int groups(Kernel.Dot dot) {
    return dot.connection() == Connection.DEPTHWISE ? input(dot).c() : dot.groups();
  }

  private static void channelwise(Kernel kernel, Window window, boolean multiplies, List<Folding> all) {
    long pixels = kernel.output().pixels();
    int channels = kernel.output().c();
    for (int taps : multiplies ? ways(window.taps()) : List.of(1)) {
      for (int pe : ways(channels)) {
        int folds = Stream.ceilDiv(channels, pe);
        long cycles = pixels * folds * Stream.ceilDiv(window.taps(), taps);
        long reading = (long) input(kernel).pixels() * folds;
        if (pe * taps <= MOST_LANES) {
          all.add(new Folding(multiplies ? pe * taps : 0, Math.max(cycles, reading), pe, pe, taps));
        }
      }
    }
  }

  private static void dense(Kernel.Dot dot, List<Folding> all) {
    int groups = groups(dot);
    int inputs = dot.reductionChannels();
    int outputs = dot.output().c() / groups;
    int taps = dot.window().taps();
    for (int word : ways(inputs)) {
      boolean aligned = groups == 1 || inputs % word == 0;
      for (int tapLanes : word == inputs ? ways(taps) : List.of(1)) {
        int beats = Stream.ceilDiv(taps, tapLanes) * Stream.ceilDiv(inputs, word);
        long reading = (long) input(dot).pixels() * groups * Stream.ceilDiv(inputs, word);
        for (int pe : ways(outputs)) {
          long cycles = (long) dot.output().pixels() * groups * beats * Stream.ceilDiv(outputs, pe);
          boolean even = groups == 1 || canRequantise(pe, beats, outputs);
          if (aligned && even && (long) pe * word * tapLanes <= MOST_LANES) {
            all.add(new Folding(pe * word * tapLanes, Math.max(cycles, reading), pe, word, tapLanes));
          }
        }
      }
    }
  }

  /** Whether some number of requantisers keeps up with passes and starts each group of outputs with a beat of its own. */
  private static boolean canRequantise(int pe, int cycles, int outputsPerGroup) {
    return IntStream.rangeClosed(Stream.ceilDiv(pe, cycles), pe).anyMatch(r -> pe % r == 0 && outputsPerGroup % r == 0);
  }

  /** For each number of folds the fewest lanes that give it. */
  private static List<Integer> ways(int size) {
    TreeSet<Integer> lanes = new TreeSet<>();
    for (int folds = 1; folds <= size; folds = next(size, folds)) {
      lanes.add(Stream.ceilDiv(size, folds));
    }
    return List.copyOf(lanes);
  }

  /** The next larger number of folds that takes fewer lanes. */
  private static int next(int size, int folds) {
    int lanes = Stream.ceilDiv(size, folds);
    return lanes == 1 ? size + 1 : Stream.ceilDiv(size, lanes - 1);
  }

  /** Drops what is slower and no smaller; among equals keeps fewer copies of a line buffer, then longer dot products. */
  private static List<Folding> useful(List<Folding> all) {
    all.sort(Comparator.comparingLong(Folding::intervalCycles).thenComparingInt(Folding::lanes)
        .thenComparingInt(Folding::tapLanes).thenComparingInt(Folding::pe).thenComparingInt(Folding::wordLanes));
    List<Folding> kept = new ArrayList<>();
    long fewest = Long.MAX_VALUE;
    for (Folding folding : all) {
      long cost = 1024L * folding.lanes() + folding.pe();
      if (cost < fewest) {
        kept.add(0, folding);
        fewest = cost;
      }
    }
    return kept;
  }

  /** The folding with the fewest lanes that keeps an interval; the fastest where none does. */
  Folding within(long intervalCycles) {
    return foldings.stream().filter(f -> f.intervalCycles() <= intervalCycles)
        .min(Comparator.comparingInt(Folding::lanes).thenComparingInt(Folding::pe).thenComparing(
            Comparator.comparingLong(Folding::intervalCycles)))
        .orElse(foldings.get(foldings.size() - 1));
  }
}
