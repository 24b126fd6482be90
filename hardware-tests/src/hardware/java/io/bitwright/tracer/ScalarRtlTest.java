package io.bitwright.tracer;

import io.bitwright.rtl.ChiselJavaBridge;
import io.bitwright.runners.verilator.StreamSimulation;
import io.bitwright.runners.verilator.StreamSimulation.Stalls;
import io.bitwright.runners.verilator.StreamSimulation.Traffic;
import io.bitwright.runners.verilator.Verilator;
import io.bitwright.runners.verilator.Verilator.Effort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Scalar programs as circuits agree with the evaluator. */
@Tag("simulator")
class ScalarRtlTest {
  private static final String TOP = "ScalarProbe";
  private static final Duration LIMIT = Duration.ofMinutes(5);

  static List<ScalarGroup> groups() {
    return ScalarCases.all();
  }

  @ParameterizedTest
  @MethodSource("groups")
  void circuitsAgreeWithTheEvaluator(ScalarGroup group, @TempDir Path folder) throws IOException {
    RequiredTools.require(Verilator.tools());
    Path sources = Files.createDirectories(folder.resolve("rtl"));
    Files.writeString(sources.resolve(TOP + ".sv"), ChiselJavaBridge.scalarProbe(group.programs()));
    Verilator.lint(sources, TOP);
    StreamSimulation simulation = StreamSimulation.build(sources, TOP, folder.resolve("build"), Effort.BUILD_FAST);
    byte[] input = group.input();
    long cycles = 2L * (input.length + group.outputBytes());
    group.check(simulation.run(new Traffic(input, group.outputBytes(), Stalls.NONE, cycles), LIMIT).output());
  }
}
