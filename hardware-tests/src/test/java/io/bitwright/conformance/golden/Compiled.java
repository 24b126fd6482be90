package io.bitwright.conformance.golden;

import io.bitwright.conformance.Case;
import io.bitwright.conformance.Tolerance;
import io.bitwright.conformance.golden.GoldenModel.Inference;
import io.bitwright.frontend.ModelLoader;
import io.bitwright.ir.diag.Diagnostics;
import io.bitwright.ir.graph.Graph;
import io.bitwright.ir.kernel.Lowering;
import io.bitwright.ir.kernel.Program;
import io.bitwright.ir.kernel.Schedule;
import io.bitwright.ir.memory.MemoryPlan;
import io.bitwright.ir.memory.MemoryPlanner;
import io.bitwright.ir.memory.ScheduleChooser;
import io.bitwright.ir.passes.StandardPipeline;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A reference network imported, optimised, lowered and planned twice; once for all tests that share a JVM. */
record Compiled(GoldenModel model, Graph imported, Program program, MemoryPlan trivial, MemoryPlan chosen) {
  private static final Tolerance FLOATS = new Tolerance(0, 1e-4);

  private static final Map<String, Compiled> COMPILED = new ConcurrentHashMap<>();

  static Compiled of(String name) {
    return COMPILED.computeIfAbsent(name, Compiled::compile);
  }

  private static Compiled compile(String name) {
    GoldenModel model = GoldenModel.read(name);
    Graph imported = ModelLoader.load(model.file());
    Program program = Lowering.lower(StandardPipeline.create().run(imported), new Diagnostics());
    return new Compiled(model, imported, program, MemoryPlanner.plan(program, Schedule.trivial(program)),
        ScheduleChooser.choose(program));
  }

  Case expected(Inference inference) {
    return new Case(model.name() + " " + inference.name(), program, java.util.List.of(inference.input()),
        inference.outputs(), FLOATS);
  }
}
