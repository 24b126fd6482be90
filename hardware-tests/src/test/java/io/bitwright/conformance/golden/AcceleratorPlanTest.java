package io.bitwright.conformance.golden;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bitwright.dataflow.DataflowPlan;
import io.bitwright.dataflow.Prediction;
import io.bitwright.dataflow.Stage;
import io.bitwright.dataflow.fold.DataflowPlanner;
import io.bitwright.dataflow.timing.PlanSimulation;
import io.bitwright.ir.kernel.Program;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Plans of trained chains: intervals that plain folding can reach, kept by the stages' counters. */
class AcceleratorPlanTest {
  /** Computed over VWW's layer table for every folding, taken 3 % up. */
  @ParameterizedTest
  @CsvSource({"64, 147456", "156, 55296", "256, 32256", "312, 27648", "512, 16128"})
  @Tag("thorough")
  void vwwReachesTheIntervalsOfItsLayerTable(int lanes, long interval) {
    Program program = Compiled.of("vww_96_int8").program();
    DataflowPlan plan = DataflowPlanner.plan("vww", program, lanes);
    assertTrue(plan.macLanes() <= lanes);
    assertTrue(PlanSimulation.of(plan).intervalCycles() <= interval * 1.035, "interval");
  }

  @ParameterizedTest
  @ValueSource(strings = {"person_detect", "vww_96_int8", "kws_dscnn_int8", "mobilenet_v1_0.25_128_quant"})
  @Tag("thorough")
  void theSlowestStageWorksEveryCycle(String name) {
    Program program = Compiled.of(name).program();
    for (int lanes : List.of(64, 150)) {
      DataflowPlan plan = DataflowPlanner.plan("net", program, lanes);
      long slowest = plan.stages().stream().mapToLong(Stage::intervalCycles).max().orElseThrow();
      Prediction prediction = PlanSimulation.of(plan);
      assertTrue(prediction.intervalCycles() <= slowest * 1.005, name + ": " + prediction.intervalCycles());
      for (int i = 0; i < plan.channels().size(); i++) {
        assertTrue(prediction.highWater().get(i) <= plan.channels().get(i).depth());
      }
    }
  }

  /** Cycles, lanes and everything else are the same each time. */
  @Test
  void plansAreEqualEachTime() {
    Program program = Compiled.of("person_detect").program();
    DataflowPlan first = DataflowPlanner.plan("net", program, 100);
    DataflowPlan second = DataflowPlanner.plan("net", program, 100);
    assertEquals(first.channels(), second.channels());
    assertEquals(PlanSimulation.of(first), PlanSimulation.of(second));
  }
}
