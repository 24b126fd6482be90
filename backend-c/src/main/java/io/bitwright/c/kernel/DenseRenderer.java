package io.bitwright.c.kernel;

import io.bitwright.c.template.Templates;
import io.bitwright.c.scalar.CType;
import io.bitwright.c.scalar.ScalarFunction;
import io.bitwright.ir.kernel.Kernel;
import io.bitwright.ir.kernel.Kernel.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Renders integer dots whose channels meet: convolutions, fully connected, and depthwise convolutions with several
 * outputs a channel (as many groups as channels).
 *
 * <p>A window is gathered once and read by every output channel. Its length is rounded up to a multiple of 16, with
 * zeros in window and weights, where that wastes little: compilers then use vector instructions throughout.
 */
final class DenseRenderer {
  /** Elements of the gathered windows; more are not put on the stack. */
  static final int MOST_GATHERED = 2560;
  private static final int MOST_WIDE_WEIGHTS = 4096;

  private final KernelContext context;
  private final Kernel.Dot kernel;
  private final int groups;
  private final int length;
  private final boolean wide;
  private final int pitch;
  private final Site in;
  private final Site out;

  DenseRenderer(KernelContext context, Kernel.Dot kernel) {
    this.context = context;
    this.kernel = kernel;
    this.groups = kernel.connection() == Connection.DEPTHWISE ? kernel.header().input().c() : kernel.groups();
    this.length = kernel.reductionLength();
    int to16 = (length + 15) / 16 * 16;
    int to8 = (length + 7) / 8 * 8;
    boolean padsTo16 = (to16 - length) * 4 <= length;
    this.wide = !padsTo16 && (to8 - length) * 4 <= length
        && to8 * kernel.output().c() <= MOST_WIDE_WEIGHTS;
    this.pitch = padsTo16 ? to16 : wide ? to8 : length;
    boolean flat = kernel.window().isPoint() && context.input().isDense() && context.output().isDense();
    this.in = flat ? context.input().flat() : context.input();
    this.out = flat ? context.output().flat() : context.output();
  }

  /** Whether the windows are small enough to be gathered. */
  boolean fits() {
    return groups * pitch <= MOST_GATHERED;
  }

  Rendered render() {
    int perGroup = out.c() / groups;
    boolean pair = out.w() > 1 && 2 * groups * pitch <= MOST_GATHERED;
    int block = block(perGroup, pair ? 2 : 4);
    Geometry geometry = Geometry.of(kernel.window(), in, out);
    boolean point = kernel.window().isPoint();
    boolean contiguous = groups == 1 && kernel.window().dilationW() == 1 && in.pixelPitch() == in.c();
    Frame frame = context.frame(out, !point, in);
    ScalarFunction epilogue = context.function("epilogue", kernel.epilogue(), out.type());
    CType accumulator = CType.of(kernel.epilogue().inputs().get(0));
    DenseModel model = new DenseModel(frame, in.type().text(), point ? in.row(true) : in.image(true),
        out.row(false), geometry, point, out.w(), out.pixelPitch(), out.type().text(), accumulator.text(),
        range(pair ? 2 : 1), range(block),
        pair && out.w() % 2 == 1 ? String.valueOf(out.w() - 1) : "",
        contiguous ? kernel.window().kernelW() * in.c() : 0, in.c(), destination(), kernel.paddingCode(), pitch,
        groups * pitch, pitch != length, groups == 1 ? "" : Site.times(group(perGroup), pitch),
        weightZero(accumulator), sums(pair ? 2 : 1, perGroup), groups * (pair ? 2 : 1), weights(),
        wide ? CType.INT16.text() : CType.INT8.text(), context.bias(kernel), out.c(),
        epilogues(epilogue, pair ? 2 : 1, block));
    return new Rendered(frame, context.functions(), Templates.render(model));
  }

  private static int block(int channels, int most) {
    for (int block = most; block > 1; block /= 2) {
      if (channels % block == 0) {
        return block;
      }
    }
    return 1;
  }

  private static List<Integer> range(int n) {
    return IntStream.range(0, n).boxed().toList();
  }

  private static String group(int perGroup) {
    return perGroup == 1 ? "c" : "c / " + perGroup;
  }

  private String destination() {
    int channels = in.c() / groups;
    int taps = kernel.window().taps();
    String tap = taps == 1 ? "" : channels == 1 ? "tap" : "tap * " + channels;
    if (groups == 1) {
      return tap.isEmpty() ? "c" : channels == 1 && in.c() == 1 ? "tap + c" : tap + " + c";
    }
    String within = channels == 1 ? "" : "c % " + channels;
    return Site.times(group(channels), pitch) + Site.plus(tap) + Site.plus(within);
  }

  private String weightZero(CType accumulator) {
    if (kernel.weightZeroPoint().isEmpty()) {
      return "";
    }
    int zero = kernel.weightZeroPoint().getAsInt();
    String factor = zero < 0 ? "(" + zero + ")" : String.valueOf(zero);
    return accumulator == CType.INT64 ? "(int64_t)" + factor : factor;
  }

  private List<String> sums(int pixels, int perGroup) {
    List<String> sums = new ArrayList<>();
    for (int p = 0; p < pixels; p++) {
      sums.add(groups == 1 ? "sums[" + p + "]"
          : "sums[" + (p == 0 ? "" : p * groups + " + ") + group(perGroup) + "]");
    }
    return sums;
  }

  private static List<String> epilogues(ScalarFunction epilogue, int pixels, int block) {
    List<String> calls = new ArrayList<>();
    for (int p = 0; p < pixels; p++) {
      for (int q = 0; q < block; q++) {
        String channel = q == 0 ? "c" : "c + " + q;
        calls.add("y" + p + "[" + channel + "] = " + epilogue.call(List.of("a" + p + q, channel)) + ";");
      }
    }
    return calls;
  }

  /** Weights as [O][pitch], the taps of a channel together, zeros at the end. */
  private String weights() {
    long[] ordered = new long[out.c() * pitch];
    for (int o = 0; o < out.c(); o++) {
      for (int i = 0; i < length; i++) {
        int from = kernel.connection() == Connection.DEPTHWISE ? i * out.c() + o : o * length + i;
        ordered[o * pitch + i] = kernel.weights().code(from);
      }
    }
    String shape = "[" + out.c() + "][" + pitch + "]" + (pitch == length ? "" : ", " + length + " of them used");
    return context.constants().add(context.name("weights"), wide ? CType.INT16 : CType.INT8, ordered, shape);
  }
}
