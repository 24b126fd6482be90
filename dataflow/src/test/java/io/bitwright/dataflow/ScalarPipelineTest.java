package io.bitwright.dataflow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bitwright.dataflow.ScalarPipeline.Timing;
import io.bitwright.ir.kernel.Kernel;
import io.bitwright.ir.scalar.Interval;
import io.bitwright.ir.scalar.Opcode;
import io.bitwright.ir.scalar.Scalar;
import io.bitwright.ir.scalar.ScalarBuilder;
import org.junit.jupiter.api.Test;

class ScalarPipelineTest {
  @Test
  void aProductTakesTwoCyclesAndLongLogicIsCut() {
    ScalarBuilder b = new ScalarBuilder();
    Scalar.Value x = b.input("x", Interval.of(-100, 100));
    Scalar.Value product = b.mul(x, b.constant(77));
    Scalar.Value sum = b.add(b.add(b.add(b.add(product, x), x), x), x);
    Scalar program = b.build(sum);
    ScalarPipeline pipeline = ScalarPipeline.of(program);
    Scalar.Value multiplied =
        program.values().stream().filter(v -> v.opcode() == Opcode.MUL).findFirst().orElseThrow();
    assertEquals(new Timing(2, 0), pipeline.at(multiplied));
    assertEquals(new Timing(3, 1), pipeline.at(program.result()));
    assertEquals(4, pipeline.latencyCycles());
  }

  /** No value stands before what it depends on, and no path between registers is longer than allowed. */
  @Test
  void timingsOfEpiloguesAreInOrder() {
    for (long seed = 0; seed < 50; seed++) {
      for (Kernel kernel : Networks.random(seed).kernels()) {
        Scalar body = kernel instanceof Kernel.Dot dot ? dot.epilogue() : ((Kernel.Reduce) kernel).epilogue();
        ScalarPipeline pipeline = ScalarPipeline.of(body);
        for (Scalar.Value value : body.values()) {
          Timing timing = pipeline.at(value);
          assertTrue(timing.depth() <= ScalarPipeline.UNITS && timing.cycle() <= pipeline.latencyCycles());
          for (Scalar.Value arg : value.args()) {
            Timing before = pipeline.at(arg);
            boolean registered = value.opcode() == Opcode.MUL || value.opcode() == Opcode.DIV
                || value.opcode() == Opcode.LOOKUP;
            assertTrue(registered ? timing.cycle() > before.cycle() : before.cycle() < timing.cycle()
                || before.cycle() == timing.cycle() && before.depth() < timing.depth(), value.opcode().toString());
          }
        }
      }
    }
  }
}
