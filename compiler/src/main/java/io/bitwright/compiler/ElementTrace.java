package io.bitwright.compiler;

import io.bitwright.ir.kernel.Kernel;
import io.bitwright.ir.kernel.Kernel.Connection;
import io.bitwright.ir.kernel.Program;
import io.bitwright.ir.kernel.Value;
import io.bitwright.ir.op.Window;
import io.bitwright.ir.scalar.Scalar;
import io.bitwright.ir.scalar.ScalarEvaluator;
import io.bitwright.ir.type.TensorData;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;

/**
 * Tells how one element of an integer convolution or fully connected layer comes about: its accumulator, and every step
 * of the requantisation after it. For people who look for a difference; it needs the layer's input to have been recorded.
 */
final class ElementTrace {
  private ElementTrace() {}

  /**
   * The steps, a line each; empty where the kernel is of another kind or its input was not recorded.
   *
   * @param index  flat index in the value
   * @param recorded  by source operator its raw output
   */
  static String of(Program program, Value value, int index, Map<Integer, byte[]> recorded) {
    for (Kernel kernel : program.kernels()) {
      if (kernel.output() == value.root() && kernel instanceof Kernel.Dot dot && !dot.epilogue().hasReals()) {
        return input(dot.header().input(), recorded).map(input -> steps(dot, index, input)).orElse("");
      }
    }
    return "";
  }

  private static Optional<byte[]> input(Value value, Map<Integer, byte[]> recorded) {
    Optional<byte[]> raw = value.origins().stream().map(recorded::get).filter(r -> r != null).findFirst();
    return raw.isPresent() || value.aliasOf().isEmpty() ? raw : input(value.aliasOf().get(), recorded);
  }

  private static String steps(Kernel.Dot dot, int index, byte[] input) {
    int channel = index % dot.output().c();
    long accumulator = accumulator(dot, index, input);
    Scalar epilogue = dot.epilogue();
    ScalarEvaluator evaluator = new ScalarEvaluator(epilogue, 1);
    evaluator.ints(0)[0] = accumulator;
    evaluator.ints(1)[0] = channel;
    evaluator.run(1);
    StringJoiner text = new StringJoiner("\n");
    text.add("accumulator " + accumulator + " in channel " + channel + "; the requantisation gives "
        + evaluator.intResult(0)[0] + (dot.output().recentred() ? " (the model's code less 128)" : "") + " by");
    epilogue.toString().lines().forEach(text::add);
    return text.toString();
  }

  private static long accumulator(Kernel.Dot dot, int index, byte[] input) {
    Value out = dot.output();
    Value in = dot.header().input();
    int o = index % out.c();
    int x = index / out.c() % out.w();
    int y = index / out.c() / out.w() % out.h();
    int n = index / out.c() / out.w() / out.h();
    Window window = dot.window();
    int channels = dot.reductionChannels();
    int firstChannel = dot.connection() == Connection.DEPTHWISE ? o / (out.c() / in.c())
        : o / (out.c() / dot.groups()) * channels;
    TensorData codes = TensorData.ofRaw(in.type().element(), input);
    long sum = dot.bias().code(o);
    for (int tap = 0; tap < window.taps(); tap++) {
      int row = y * window.strideH() - window.padding().top() + tap / window.kernelW() * window.dilationH();
      int column = x * window.strideW() - window.padding().left() + tap % window.kernelW() * window.dilationW();
      boolean inside = row >= 0 && row < in.h() && column >= 0 && column < in.w();
      for (int c = 0; c < channels; c++) {
        int at = ((n * in.h() + row) * in.w() + column) * in.c() + firstChannel + c;
        long code = inside ? codes.code(at) - in.type().storedOffset() : dot.paddingCode();
        int weight = dot.connection() == Connection.DEPTHWISE ? tap * out.c() + o
            : (o * window.taps() + tap) * channels + c;
        sum += (dot.weights().code(weight) - dot.weightZeroPoint().orElse(0)) * code;
      }
    }
    return sum;
  }
}
