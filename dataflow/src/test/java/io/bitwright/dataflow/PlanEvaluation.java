package io.bitwright.dataflow;

import io.bitwright.ir.kernel.Kernel;
import io.bitwright.ir.kernel.Kernel.Reduction;
import io.bitwright.ir.op.Window;
import io.bitwright.ir.scalar.Scalar;
import io.bitwright.ir.scalar.ScalarEvaluator;
import java.util.ArrayList;
import java.util.List;

/** Computes what a plan's stages stream, beat by beat, from docs/dataflow.md: what HLS and RTL have to render. */
final class PlanEvaluation {
  private PlanEvaluation() {}

  /** All codes of the output map, for those of the input map. */
  static byte[] run(DataflowPlan plan, byte[] input) {
    List<int[]> beats = beats(input, plan.input());
    for (Stage stage : plan.stages()) {
      beats = beats(stage, beats);
      if (beats.size() != stage.output().beats()) {
        throw new AssertionError(stage.name() + " gives " + beats.size() + " beats, not " + stage.output().beats());
      }
    }
    return codes(beats, plan.output());
  }

  private static List<int[]> beats(byte[] codes, FeatureMap map) {
    List<int[]> beats = new ArrayList<>();
    for (int pixel = 0; pixel < map.pixels(); pixel++) {
      for (int from = 0; from < map.channels(); from += map.lanes()) {
        int[] beat = new int[map.lanes()];
        for (int i = 0; i < Math.min(map.lanes(), map.channels() - from); i++) {
          beat[i] = codes[pixel * map.channels() + from + i];
        }
        beats.add(beat);
      }
    }
    return beats;
  }

  private static byte[] codes(List<int[]> beats, FeatureMap map) {
    byte[] codes = new byte[(int) map.codes()];
    int at = 0;
    for (int i = 0; i < beats.size(); i++) {
      boolean last = i % map.beatsPerPixel() == map.beatsPerPixel() - 1;
      for (int lane = 0; lane < (last ? map.lastLanes() : map.lanes()); lane++) {
        codes[at++] = (byte) beats.get(i)[lane];
      }
    }
    return codes;
  }

  private static List<int[]> beats(Stage stage, List<int[]> in) {
    if (stage instanceof Stage.LineBuffer lines) {
      return windows(lines, in);
    } else if (stage instanceof Stage.Dense dense) {
      return beats(dense(dense, in), dense.output());
    } else if (stage instanceof Stage.Depthwise depthwise) {
      return beats(depthwise(depthwise, in), depthwise.output());
    } else if (stage instanceof Stage.Pool pool) {
      return beats(pool(pool, in), pool.output());
    } else if (stage instanceof Stage.GlobalPool pool) {
      return beats(global(pool, codes(in, pool.input())), pool.output());
    } else if (stage instanceof Stage.Repack repack) {
      return beats(codes(in, repack.input()), repack.output());
    }
    throw new AssertionError(stage.name());
  }

  /** Pixels come and go as the ring has room: a slot that is overwritten too early shows. */
  private static List<int[]> windows(Stage.LineBuffer stage, List<int[]> in) {
    FeatureMap map = stage.input();
    Patches out = stage.output();
    Window window = stage.window();
    io.bitwright.dataflow.fold.Ring ring = new io.bitwright.dataflow.fold.Ring(
        map, window, stage.outputHeight(), stage.outputWidth());
    int words = map.beatsPerPixel();
    int[][] slots = new int[stage.capacityPixels() * words][];
    int written = 0;
    List<int[]> beats = new ArrayList<>();
    for (int pixel = 0; pixel < out.pixels(); pixel++) {
      int y = pixel / stage.outputWidth();
      int x = pixel % stage.outputWidth();
      while (written < map.pixels() && written - ring.freed(y, x) < stage.capacityPixels()) {
        for (int word = 0; word < words; word++) {
          slots[written % stage.capacityPixels() * words + word] = in.get(written * words + word);
        }
        written++;
      }
      if (written < ring.needed(y, x)) {
        throw new AssertionError(stage.name() + " waits for ever");
      }
      for (int beat = 0; beat < out.groups() * out.beatsPerGroup(); beat++) {
        beats.add(window(stage, slots, y, x, beat));
      }
    }
    return beats;
  }

  private static int[] window(Stage.LineBuffer stage, int[][] slots, int y, int x, int beat) {
    FeatureMap map = stage.input();
    Patches out = stage.output();
    Window window = stage.window();
    int word = beat / out.beatsPerGroup() * out.words() + beat % out.words();
    int fold = beat % out.beatsPerGroup() / out.words();
    int[] codes = new int[out.lanes()];
    for (int t = 0; t < out.tapLanes(); t++) {
      int tap = fold * out.tapLanes() + t;
      int row = y * window.strideH() - window.padding().top() + tap / window.kernelW() * window.dilationH();
      int column = x * window.strideW() - window.padding().left() + tap % window.kernelW() * window.dilationW();
      boolean inside = tap < window.taps() && row >= 0 && row < map.height() && column >= 0 && column < map.width();
      for (int i = 0; i < out.wordLanes(); i++) {
        int slot = (row * map.width() + column) % stage.capacityPixels();
        codes[t * out.wordLanes() + i] =
            inside ? slots[slot * map.beatsPerPixel() + word][i] : stage.fill();
      }
    }
    return codes;
  }

  private static byte[] dense(Stage.Dense stage, List<int[]> in) {
    Patches patches = stage.input();
    int[][] weights = stage.packed().pack();
    long[][] biases = stage.packed().biases();
    byte[] out = new byte[(int) stage.output().codes()];
    int at = 0;
    for (int pixel = 0; pixel < patches.pixels(); pixel++) {
      for (int group = 0; group < patches.groups(); group++) {
        int first = (pixel * patches.groups() + group) * patches.beatsPerGroup();
        for (int pass = 0; pass < stage.outputFolds(); pass++) {
          int run = group * stage.outputFolds() + pass;
          for (int p = 0; p < stage.pe() && pass * stage.pe() + p < stage.outputsPerGroup(); p++) {
            long acc = biases[run][p];
            for (int beat = 0; beat < patches.beatsPerGroup(); beat++) {
              int[] word = weights[run * patches.beatsPerGroup() + beat];
              acc += dot(word, p * patches.lanes(), in.get(first + beat));
            }
            out[at++] = (byte) epilogue(stage.epilogue(), acc,
                group * stage.outputsPerGroup() + pass * stage.pe() + p, 0);
          }
        }
      }
    }
    return out;
  }

  private static long dot(int[] weights, int from, int[] codes) {
    long sum = 0;
    for (int i = 0; i < codes.length; i++) {
      sum += (long) weights[from + i] * codes[i];
    }
    return sum;
  }

  private static byte[] depthwise(Stage.Depthwise stage, List<int[]> in) {
    int[][] weights = stage.packed().pack();
    long[][] biases = stage.packed().biases();
    return channelwise(stage.input(), stage.output(), (pixel, group, p, first) -> {
      long acc = biases[group][p];
      for (int beat = 0; beat < stage.input().beatsPerGroup(); beat++) {
        for (int t = 0; t < stage.input().tapLanes(); t++) {
          int lane = t * stage.pe() + p;
          acc += (long) weights[group * stage.input().beatsPerGroup() + beat][lane] * in.get(first + beat)[lane];
        }
      }
      return epilogue(stage.epilogue(), acc, group * stage.pe() + p, 0);
    });
  }

  private static byte[] pool(Stage.Pool stage, List<int[]> in) {
    Kernel.Reduce kernel = stage.kernel();
    return channelwise(stage.input(), stage.output(), (pixel, group, p, first) -> {
      long acc = kernel.reduction() == Reduction.MAX ? -128 : 0;
      for (int beat = 0; beat < stage.input().beatsPerGroup(); beat++) {
        int code = in.get(first + beat)[p];
        acc = kernel.reduction() == Reduction.MAX ? Math.max(acc, code) : acc + code;
      }
      return epilogue(kernel.epilogue(), acc, group * stage.pe() + p, taps(kernel, pixel));
    });
  }

  private static int taps(Kernel.Reduce kernel, int pixel) {
    Window window = kernel.window();
    int taps = 0;
    for (int tap = 0; tap < window.taps(); tap++) {
      int row = pixel / kernel.output().w() * window.strideH() - window.padding().top()
          + tap / window.kernelW() * window.dilationH();
      int column = pixel % kernel.output().w() * window.strideW() - window.padding().left()
          + tap % window.kernelW() * window.dilationW();
      boolean inside = row >= 0 && row < kernel.inputs().get(0).h() && column >= 0 && column < kernel.inputs().get(0).w();
      taps += inside ? 1 : 0;
    }
    return taps;
  }

  private interface Result {
    long of(int pixel, int group, int p, int firstBeat);
  }

  private static byte[] channelwise(Patches patches, FeatureMap output, Result result) {
    byte[] out = new byte[(int) output.codes()];
    int at = 0;
    for (int pixel = 0; pixel < patches.pixels(); pixel++) {
      for (int group = 0; group < patches.groups(); group++) {
        int first = (pixel * patches.groups() + group) * patches.beatsPerGroup();
        for (int p = 0; p < patches.wordLanes() && group * patches.wordLanes() + p < output.channels(); p++) {
          out[at++] = (byte) result.of(pixel, group, p, first);
        }
      }
    }
    return out;
  }

  private static byte[] global(Stage.GlobalPool stage, byte[] codes) {
    byte[] out = new byte[stage.output().channels()];
    for (int c = 0; c < out.length; c++) {
      boolean max = stage.kernel().reduction() == Reduction.MAX;
      long acc = max ? -128 : 0;
      for (int pixel = 0; pixel < stage.input().pixels(); pixel++) {
        int code = codes[pixel * out.length + c];
        acc = max ? Math.max(acc, code) : acc + code;
      }
      out[c] = (byte) epilogue(stage.epilogue(), acc, c, stage.input().pixels());
    }
    return out;
  }

  private static long epilogue(Scalar body, long acc, int channel, int taps) {
    ScalarEvaluator evaluator = new ScalarEvaluator(body, 1);
    long[] arguments = {acc, channel, taps};
    for (int i = 0; i < body.inputs().size(); i++) {
      evaluator.ints(i)[0] = arguments[i];
    }
    evaluator.run(1);
    return evaluator.intResult(0)[0];
  }
}
