package io.bitwright.conformance.cmsis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.bitwright.conformance.CBatch;
import io.bitwright.conformance.Case;
import io.bitwright.conformance.Interpretation;
import io.bitwright.conformance.Linked;
import io.bitwright.conformance.ProgramBuilder;
import io.bitwright.conformance.Tolerance;
import io.bitwright.ir.interp.Interpreter;
import io.bitwright.ir.interp.Trace;
import io.bitwright.ir.kernel.Kernel.Connection;
import io.bitwright.ir.kernel.Program;
import io.bitwright.ir.kernel.QuantizedDot;
import io.bitwright.ir.kernel.Schedule;
import io.bitwright.ir.kernel.Value;
import io.bitwright.ir.memory.MemoryPlan;
import io.bitwright.ir.memory.MemoryPlanner;
import io.bitwright.ir.memory.Placement;
import io.bitwright.ir.op.Padding;
import io.bitwright.ir.op.Rounding;
import io.bitwright.ir.op.Window;
import io.bitwright.ir.scalar.FixedPoint;
import io.bitwright.ir.scalar.Interval;
import io.bitwright.ir.type.Shape;
import io.bitwright.ir.type.TensorData;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The suite is alive: what is deliberately wrong makes it fail. */
class MutationTest {
  private static final FixedPoint QUARTER = new FixedPoint(1 << 30, -1);

  /** Codes -128..127 scaled by 1/4: one in four is a tie, and half of those lie below zero. */
  @ParameterizedTest
  @EnumSource(value = Rounding.class, names = "TFLITE", mode = EnumSource.Mode.EXCLUDE)
  void anotherRoundingDiffersOnTies(Rounding wrong) {
    assertEquals(List.of(), Interpretation.differences(quarters(Rounding.TFLITE)));
    assertFalse(Interpretation.differences(quarters(wrong)).isEmpty());
  }

  @ParameterizedTest
  @ValueSource(strings = {"mul", "basic", "kernel1x1", "depthwise_eq_in_out_ch", "conv_5", "ds_cnn_s"})
  void vectorsDifferForAnotherInput(String name) throws java.io.IOException {
    Case vector = CmsisVectors.load(name, Rounding.TFLITE);
    List<byte[]> changed = new ArrayList<>();
    vector.inputs().forEach(input -> changed.add(flipped(input)));
    Case wrong = new Case(name, vector.program(), changed, vector.expected(), Tolerance.NONE);
    assertFalse(Interpretation.differences(wrong).isEmpty());
  }

  @Test
  void anotherRoundingDiffersInC(@TempDir Path folder) {
    CBatch.assumeCompiler();
    List<Linked> linked = new ArrayList<>();
    for (Rounding rounding : Rounding.values()) {
      Case expected = quarters(rounding);
      MemoryPlan plan = MemoryPlanner.plan(expected.program(), Schedule.trivial(expected.program()));
      linked.add(new Linked("quarters_" + rounding.ordinal(), plan, expected));
    }
    assertEquals(Rounding.values().length - 1, new CBatch(folder, linked, 16).differences().size());
  }

  @Test
  void overlappingValuesChangeTheBytes() {
    Case network = threeConvolutions();
    MemoryPlan plan = MemoryPlanner.plan(network.program(), Schedule.trivial(network.program()));
    List<byte[]> right = new Interpreter(plan).run(network.inputs(), Trace.NONE);
    Case expected = new Case("three", network.program(), network.inputs(), right, Tolerance.NONE);
    assertEquals(List.of(), Interpretation.differences(expected));
    for (Value value : network.program().values()) {
      Value onto = network.program().values().get(value.id() == 0 ? 1 : value.id() - 1);
      assertFalse(Interpretation.differences(expected, overlapped(plan, value, onto)).isEmpty(), value.toString());
    }
  }

  private static byte[] flipped(byte[] input) {
    byte[] changed = input.clone();
    for (int i = 0; i < changed.length; i++) {
      changed[i] ^= 0x10;
    }
    return changed;
  }

  /** All codes through a point convolution with weight 1; expected is half, half up, of half, half away from zero. */
  private static Case quarters(Rounding rounding) {
    ProgramBuilder program = new ProgramBuilder();
    Value input = program.input(Shape.of(1, 16, 16, 1));
    QuantizedDot dot = new QuantizedDot(Connection.DENSE, 1, Window.POINT, TensorData.ofBytes((byte) 1), 0,
        new long[1], 0, List.of(QUARTER), 0, Interval.INT8, rounding);
    Value output = program.append("conv2d", List.of(input), input.shape(), dot::kernel);
    byte[] codes = new byte[256];
    byte[] expected = new byte[256];
    for (int i = 0; i < 256; i++) {
      codes[i] = (byte) (i - 128);
      double once = Math.floor(codes[i] / 2.0 + 0.5);
      expected[i] = (byte) (Math.signum(once) * Math.floor(Math.abs(once) / 2.0 + 0.5));
    }
    return new Case("quarters", program.build("quarters", output), List.of(codes), List.of(expected), Tolerance.NONE);
  }

  private static Case threeConvolutions() {
    Random random = new Random(1);
    ProgramBuilder program = new ProgramBuilder();
    Shape shape = Shape.of(1, 6, 6, 4);
    Value input = program.input(shape);
    Value x = input;
    for (int i = 0; i < 3; i++) {
      byte[] weights = new byte[4 * 9 * 4];
      random.nextBytes(weights);
      QuantizedDot dot = new QuantizedDot(Connection.DENSE, 1, Window.of(3, 3, 1, new Padding(1, 1, 1, 1)),
          TensorData.ofBytes(weights), 0, new long[4], 0, List.of(new FixedPoint(1 << 30, -7)), 0, Interval.INT8,
          Rounding.TFLITE);
      x = program.append("conv2d", List.of(x), shape, dot::kernel);
    }
    Program built = program.build("three", x);
    byte[] codes = new byte[shape.elements()];
    random.nextBytes(codes);
    return new Case("three", built, List.of(codes), List.of(), Tolerance.NONE);
  }

  /** The plan with one value moved almost onto another: one pixel further. */
  private static MemoryPlan overlapped(MemoryPlan plan, Value moved, Value onto) {
    List<Optional<Placement>> placements = new ArrayList<>(plan.placements());
    int offset = plan.placement(onto).offset();
    placements.set(moved.id(), Optional.of(Placement.dense(moved, offset + moved.c())));
    return new MemoryPlan(plan.program(), plan.schedule(), placements, plan.rings(), plan.elided(),
        plan.arenaBytes() + moved.sizeBytes(), plan.peakLiveBytes());
  }
}
