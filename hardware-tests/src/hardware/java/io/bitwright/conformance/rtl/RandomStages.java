package io.bitwright.conformance.rtl;

import io.bitwright.conformance.ProgramBuilder;
import io.bitwright.dataflow.DataflowPlan;
import io.bitwright.dataflow.FeatureMap;
import io.bitwright.dataflow.Memory;
import io.bitwright.dataflow.Multipliers;
import io.bitwright.dataflow.PackedWeights;
import io.bitwright.dataflow.Patches;
import io.bitwright.dataflow.Stage;
import io.bitwright.dataflow.Stream;
import io.bitwright.ir.kernel.Kernel;
import io.bitwright.ir.kernel.Kernel.Connection;
import io.bitwright.ir.kernel.QuantizedDot;
import io.bitwright.ir.kernel.Value;
import io.bitwright.ir.op.Rounding;
import io.bitwright.ir.op.Window;
import io.bitwright.ir.scalar.Interval;
import io.bitwright.ir.scalar.Scalar;
import io.bitwright.ir.scalar.Semantics;
import io.bitwright.ir.type.Shape;
import io.bitwright.ir.type.TensorData;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

/** Stages of random shape, window and folding; foldings that the planner would not choose too. */
final class RandomStages {
  private final RandomParameters random;
  private final Assembly assembly;
  private final ProgramBuilder program = new ProgramBuilder();

  RandomStages(String name, int seed) {
    Random source = new Random(seed * 7919L + name.hashCode());
    this.random = new RandomParameters(source);
    this.assembly = new Assembly(name, source);
  }

  /** Convolution, grouped or not, and depthwise with several filters a channel. */
  StageCase dense() {
    int groups = random.oneOf(1, 1, 1, 2, 3);
    boolean filters = groups > 1 && random.flip();
    int inputs = filters ? 1 : random.upTo(7);
    int outputs = random.upTo(9);
    Value x = program.input(random.map(groups * inputs));
    Window window = random.flip() ? Window.POINT : random.window(x);
    QuantizedDot dot = dot(filters ? Connection.DEPTHWISE : Connection.DENSE, filters ? groups * inputs : groups,
        window, inputs, groups * outputs);
    Kernel.Dot kernel = append(x, window, groups * outputs, dot);
    int word = groups == 1 ? random.upTo(inputs) : random.divisor(inputs);
    int taps = word == inputs ? random.upTo(window.taps()) : 1;
    FeatureMap map = Assembly.map(x, word);
    Patches patches = assembly.patches(map, window, kernel, groups, taps, kernel.paddingCode());
    int lanes = groups == 1 ? random.upTo(outputs) : random.divisor(outputs);
    int pe = lanes * random.upTo(Math.max(1, Math.min(patches.beatsPerGroup(), outputs / lanes)));
    int passes = Stream.ceilDiv(outputs, pe);
    PackedWeights packed = PackedWeights.dense(kernel, patches, pe, passes);
    Optional<Memory> kept = passes == 1 ? Optional.empty()
        : Optional.of(assembly.memory("patch", patches.beatsPerGroup(), 8 * patches.lanes()));
    assembly.add(new Stage.Dense(assembly.header("dense"), kernel, patches, Assembly.map(kernel.output(), lanes), pe,
        passes, packed, assembly.weights(packed), kept, multipliers(pe * patches.lanes())));
    return finish(kernel);
  }

  StageCase depthwise() {
    Value x = program.input(random.map(random.upTo(7)));
    Window window = random.flip() ? random.window(x) : random.wideWindow(x);
    Kernel.Dot kernel = append(x, window, x.c(), dot(Connection.DEPTHWISE, x.c(), window, 1, x.c()));
    int pe = random.upTo(x.c());
    FeatureMap map = Assembly.map(x, pe);
    Patches patches = assembly.patches(map, window, kernel, map.beatsPerPixel(), random.upTo(window.taps()),
        kernel.paddingCode());
    PackedWeights packed = PackedWeights.depthwise(kernel, patches);
    int lanes = requantisers(pe, patches.beatsPerGroup());
    assembly.add(new Stage.Depthwise(assembly.header("depthwise"), kernel, patches,
        Assembly.map(kernel.output(), lanes), packed, assembly.weights(packed), multipliers(patches.lanes())));
    return finish(kernel);
  }

  private QuantizedDot dot(Connection connection, int groups, Window window, int inputs, int outputs) {
    TensorData weights = TensorData.ofBytes(random.bytes(window.taps() * inputs * outputs));
    int weightZero = random.flip() ? 0 : random.code();
    return new QuantizedDot(connection, groups, window, weights, weightZero, random.biases(outputs), random.code(),
        random.scales(random.flip() ? 1 : outputs, -7), random.code(), random.limits(),
        random.oneOf(Rounding.values()));
  }

  private Kernel.Dot append(Value x, Window window, int channels, QuantizedDot dot) {
    List<Kernel.Dot> made = new ArrayList<>();
    Shape shape = Shape.of(1, window.outputH(x.h()), window.outputW(x.w()), channels);
    program.append("dot", List.of(x), shape, header -> {
      made.add(dot.kernel(header));
      return made.get(0);
    });
    return made.get(0);
  }

  /** A divisor of {@code pe} that keeps up with a pass of so many cycles. */
  private int requantisers(int pe, int cycles) {
    List<Integer> possible =
        IntStream.rangeClosed(Stream.ceilDiv(pe, cycles), pe).filter(r -> pe % r == 0).boxed().toList();
    return random.oneOf(possible.toArray(Integer[]::new));
  }

  private Multipliers multipliers(int lanes) {
    return new Multipliers(random.upTo(lanes + 1) - 1, random.flip());
  }

  StageCase pool() {
    Value x = program.input(random.map(random.upTo(7)));
    Window window = random.poolingWindow(x);
    Kernel.Reduction reduction = random.oneOf(Kernel.Reduction.values());
    int pe = random.upTo(x.c());
    FeatureMap map = Assembly.map(x, pe);
    Shape shape = Shape.of(1, window.outputH(x.h()), window.outputW(x.w()), x.c());
    Interval taps = RandomParameters.taps(window, x);
    Kernel.Reduce kernel = reduce(x, shape, reduction, window, taps);
    int fill = reduction == Kernel.Reduction.MAX ? -128 : 0;
    Patches patches = assembly.patches(map, window, kernel, map.beatsPerPixel(), random.upTo(window.taps()), fill);
    int lanes = requantisers(pe, patches.beatsPerGroup());
    assembly.add(new Stage.Pool(assembly.header("pool"), kernel, patches, Assembly.map(kernel.output(), lanes)));
    return finish(kernel);
  }

  StageCase globalPool() {
    Value x = program.input(random.map(random.upTo(7)));
    Window window = new Window(x.h(), x.w(), 1, 1, 1, 1, io.bitwright.ir.op.Padding.NONE);
    Kernel.Reduction reduction = random.oneOf(Kernel.Reduction.values());
    Kernel.Reduce kernel =
        reduce(x, Shape.of(1, 1, 1, x.c()), reduction, window, Interval.point((long) x.h() * x.w()));
    FeatureMap map = Assembly.map(x, random.upTo(x.c()));
    int bits = reduction == Kernel.Reduction.MAX ? 8 : kernel.epilogue().inputs().get(0).interval().signedBits();
    assembly.add(new Stage.GlobalPool(assembly.header("global_pool"), kernel, map,
        Assembly.map(kernel.output(), map.lanes()), assembly.memory("sums", map.beatsPerPixel(), bits * map.lanes())));
    return finish(kernel);
  }

  private Kernel.Reduce reduce(Value x, Shape shape, Kernel.Reduction reduction, Window window, Interval taps) {
    Interval sums = Interval.INT8.times(Interval.of(0, taps.hi()));
    int offset = random.flip() ? 0 : 128;
    Scalar epilogue = reduction == Kernel.Reduction.MAX
        ? Semantics.maximumEpilogue(Interval.INT8, x.c(), taps, random.limits())
        : random.flip() ? Semantics.averageEpilogue(sums, x.c(), taps, offset, random.limits())
        : Semantics.windowAverageEpilogue(sums, x.c(), taps, window.taps(), random.code(), offset, random.limits());
    List<Kernel.Reduce> made = new ArrayList<>();
    program.append("pool", List.of(x), shape, header -> {
      made.add(new Kernel.Reduce(header, reduction, window, epilogue));
      return made.get(0);
    });
    return made.get(0);
  }

  StageCase lookup() {
    Value x = program.input(random.map(random.upTo(9)));
    TensorData table = TensorData.ofBytes(random.bytes(256));
    Value y = program.append("table", List.of(x), x.shape(), header -> new Kernel.Table(header, table));
    FeatureMap map = Assembly.map(x, random.upTo(x.c()));
    assembly.add(new Stage.Lookup(assembly.header("lookup"), table, map, map));
    return StageCase.of(assembly.plan(program.build("stage", y)));
  }

  StageCase elementwise() {
    Value x = program.input(random.map(random.upTo(9)));
    Scalar body = random.function(x.c());
    Value y = program.append("map", List.of(x), x.shape(),
        header -> new Kernel.Map(header, List.of(Kernel.Operand.of(x)), body));
    FeatureMap map = Assembly.map(x, random.upTo(x.c()));
    assembly.add(new Stage.Elementwise(assembly.header("elementwise"), body, map, map));
    return StageCase.of(assembly.plan(program.build("stage", y)));
  }

  StageCase softmax() {
    Value x = program.input(random.map(random.upTo(12)));
    Semantics.Softmax parts = Semantics.softmax(random.oneOf(0.0625f, 0.1f, 0.3f, 1.5f), 1, x.c());
    List<Kernel.RowSoftmax> made = new ArrayList<>();
    Value y = program.append("softmax", List.of(x), x.shape(), header -> {
      made.add(new Kernel.RowSoftmax(header, parts.exponential(), parts.term(), parts.reciprocal(), parts.scale()));
      return made.get(0);
    });
    FeatureMap map = Assembly.map(x, 1);
    assembly.add(new Stage.Softmax(assembly.header("softmax"), made.get(0), map, map, 1));
    return StageCase.of(assembly.plan(program.build("stage", y)));
  }

  StageCase pad() {
    Value x = program.input(random.map(random.upTo(7)));
    List<Integer> at = List.of(0, random.upTo(3) - 1, random.upTo(3) - 1, 0);
    int fill = random.code();
    Shape shape = Shape.of(1, x.h() + at.get(1) + random.upTo(3) - 1, x.w() + at.get(2) + random.upTo(3) - 1, x.c());
    Value y = program.append("pad", List.of(x), shape, header -> new Kernel.Move(header,
        List.of(new Kernel.Piece(0, List.of(0, 0, 0, 0), at, x.shape().dims())), java.util.OptionalInt.of(fill)));
    FeatureMap map = Assembly.map(x, random.upTo(x.c()));
    assembly.add(new Stage.Pad(assembly.header("pad"), at.get(1), at.get(2), fill, map,
        Assembly.map(y, map.lanes())));
    return StageCase.of(assembly.plan(program.build("stage", y)));
  }

  /** From any beats to any others; to one pixel of all codes too. */
  StageCase repack() {
    Value x = program.input(random.map(random.upTo(12)));
    FeatureMap from = Assembly.map(x, random.upTo(x.c()));
    FeatureMap to = random.upTo(4) > 1 ? from.withLanes(random.upTo(x.c()))
        : new FeatureMap(1, 1, (int) from.codes(), random.upTo(Math.min(40, (int) from.codes())));
    assembly.add(new Stage.Repack(assembly.header("repack"), from, to));
    return rearranging(tensor -> BeatStreams.ofMap(tensor, to), x);
  }

  /** Its windows as they leave. */
  StageCase lineBuffer() {
    Value x = program.input(random.map(random.upTo(6)));
    Window window = random.flip() ? random.window(x) : random.wideWindow(x);
    boolean channelwise = random.flip();
    int word = random.upTo(x.c());
    FeatureMap map = Assembly.map(x, word);
    int taps = channelwise || word == x.c() ? random.upTo(window.taps()) : 1;
    int width = window.outputW(x.w());
    int fill = random.code();
    Patches patches = assembly.windows(map, window, window.outputH(x.h()), width,
        channelwise ? map.beatsPerPixel() : 1, taps, fill);
    return rearranging(tensor -> BeatStreams.ofPatches(tensor, map, window, width, patches, fill), x);
  }

  private StageCase rearranging(java.util.function.Function<byte[], int[]> reference, Value x) {
    Value y = program.append("table", List.of(x), x.shape(),
        header -> new Kernel.Table(header, TensorData.ofBytes(new byte[256])));
    return new StageCase(assembly.plan(program.build("stage", y)), reference);
  }

  private StageCase finish(Kernel kernel) {
    DataflowPlan plan = assembly.plan(program.build("stage", kernel.output()));
    return StageCase.of(plan);
  }
}
