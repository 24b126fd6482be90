package io.bitwright.conformance.rtl;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.bitwright.conformance.ProgramBuilder;
import io.bitwright.dataflow.DataflowPlan;
import io.bitwright.dataflow.fold.DataflowPlanner;
import io.bitwright.ir.kernel.Kernel.Connection;
import io.bitwright.ir.kernel.QuantizedDot;
import io.bitwright.ir.kernel.Value;
import io.bitwright.ir.op.Padding;
import io.bitwright.ir.op.Rounding;
import io.bitwright.ir.op.Window;
import io.bitwright.ir.scalar.FixedPoint;
import io.bitwright.ir.scalar.Interval;
import io.bitwright.ir.type.Shape;
import io.bitwright.ir.type.TensorData;
import io.bitwright.rtl.ChiselJavaBridge;
import io.bitwright.rtl.RenderedDesign;
import io.bitwright.testkit.TestData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The text of a small convolution, so that a change of what is generated shows in review. {@code -Dgolden=update}
 * rewrites it.
 */
class RtlGoldenTest {
  private static final String GOLDEN = "hardware-tests/src/hardware/resources/io/bitwright/rtl/golden/conv.txt";

  /** 3x3 with padding, 4x4x1 to 4x4x2. */
  private static DataflowPlan plan() {
    byte[] weights = new byte[18];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (byte) (17 * i - 128);
    }
    QuantizedDot dot = new QuantizedDot(Connection.DENSE, 1, Window.of(3, 3, 1, new Padding(1, 1, 1, 1)),
        TensorData.ofBytes(weights), 0, new long[] {100, -200}, -3,
        List.of(new FixedPoint(1 << 30, -7), new FixedPoint(3 << 29, -8)), 5, Interval.INT8, Rounding.SINGLE);
    ProgramBuilder program = new ProgramBuilder();
    Value x = program.input(Shape.of(1, 4, 4, 1));
    Value y = program.append("conv2d", List.of(x), Shape.of(1, 4, 4, 2), dot::kernel);
    return DataflowPlanner.plan("conv", program.build("conv", y), 3);
  }

  @Test
  void rendersTheSameText() throws IOException {
    RenderedDesign design = ChiselJavaBridge.accelerator(plan(), false);
    StringBuilder text = new StringBuilder();
    design.modules().forEach((name, module) -> text.append(name.startsWith("bw_") ? "" : module));
    design.images().forEach((file, image) -> text.append("\n// ").append(file).append('\n').append(image));
    Path golden = TestData.inRepository(GOLDEN).orElseThrow();
    if ("update".equals(System.getProperty("golden"))) {
      Files.writeString(golden, text);
    }
    assertEquals(Files.readString(golden), text.toString());
  }
}
