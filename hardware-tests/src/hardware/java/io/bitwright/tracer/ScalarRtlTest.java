package io.bitwright.tracer;

import io.bitwright.ir.scalar.Opcode;
import io.bitwright.ir.scalar.Scalar;
import io.bitwright.rtl.ChiselJavaBridge;
import io.bitwright.rtl.RenderedDesign;
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
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Scalar programs as circuits agree with the evaluator. */
@Tag("simulator")
class ScalarRtlTest {
  private static final String TOP = "scalar_probe";
  private static final Duration LIMIT = Duration.ofMinutes(5);

  static List<ScalarGroup> groups() {
    return ScalarCases.all();
  }

  @ParameterizedTest
  @MethodSource("groups")
  void circuitsAgreeWithTheEvaluator(ScalarGroup group, @TempDir Path folder) throws IOException {
    check(group, ChiselJavaBridge.scalarProbe(TOP, group.programs(), true), folder);
  }

  @Test
  void multipliersOfLookUpTablesGiveTheSame(@TempDir Path folder) throws IOException {
    ScalarGroup group = groups().get(0);
    check(group, ChiselJavaBridge.scalarProbe(TOP, group.programs(), false), folder);
  }

  /** One operation at a time, as softmax does it. */
  @Test
  void sequencersAgreeWithTheEvaluator(@TempDir Path folder) throws IOException {
    List<ScalarCase> cases = groups().stream().flatMap(g -> g.cases().stream())
        .filter(c -> isSequence(c.program())).toList();
    ScalarGroup group = new ScalarGroup("sequences", cases);
    check(group, ChiselJavaBridge.sequencerProbe(TOP, group.programs()), folder);
  }

  /** Whether the last operation gives the only result. */
  private static boolean isSequence(Scalar program) {
    Scalar.Value last = program.values().get(program.values().size() - 1);
    return program.results().equals(List.of(last)) && !last.isConst() && last.opcode() != Opcode.INPUT;
  }

  private static void check(ScalarGroup group, RenderedDesign design, Path folder) throws IOException {
    RequiredTools.require(Verilator.tools());
    Path sources = Files.createDirectories(folder.resolve("rtl"));
    Path images = Files.createDirectories(folder.resolve("build/mem"));
    for (Map.Entry<String, String> module : design.modules().entrySet()) {
      Files.writeString(sources.resolve(module.getKey() + ".sv"), module.getValue());
    }
    for (Map.Entry<String, String> image : design.images().entrySet()) {
      Files.writeString(images.resolve(image.getKey()), image.getValue());
    }
    Verilator.lint(sources, TOP);
    StreamSimulation simulation = StreamSimulation.build(sources, TOP, folder.resolve("build"), Effort.BUILD_FAST);
    byte[] input = group.input();
    long cycles = 500L * (input.length + group.outputBytes());
    group.check(simulation.run(new Traffic(input, group.outputBytes(), Stalls.NONE, cycles), LIMIT).output());
  }
}
