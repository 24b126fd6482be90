package io.bitwright.c;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bitwright.ir.graph.text.GraphParser;
import io.bitwright.ir.kernel.Program;
import io.bitwright.ir.memory.MemoryPlan;
import io.bitwright.ir.memory.MemoryPlanner;
import io.bitwright.ir.memory.ScheduleChooser;
import io.bitwright.testkit.RandomChains;
import io.bitwright.testkit.RandomGraphs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The generated C gives the interpreter's bytes, without a warning and without a sanitizer's complaint. */
class GeneratedCodeTest {
  private static final int GRAPHS = Integer.getInteger("bitwright.graphs", 60);
  private static final long FIRST = Long.getLong("bitwright.firstGraph", 0);

  @Test
  void randomGraphsGiveTheInterpretersBytes(@TempDir Path folder) throws IOException, InterruptedException {
    CompiledNetworks networks = new CompiledNetworks(folder);
    int lowered = 0;
    for (long seed = FIRST; seed < FIRST + GRAPHS; seed++) {
      Optional<Program> program = Networks.lower(RandomGraphs.graph(seed));
      if (program.isPresent()) {
        networks.add(plan(program.get(), (int) (seed % 3)), seed, "random graph " + seed);
        lowered++;
      }
    }
    assertTrue(lowered > GRAPHS / 2, lowered + " graphs were lowered");
    networks.check();
  }

  /** Everything that may run together does, or what makes the arena smallest. */
  @Test
  void chainsRunTogetherGiveTheInterpretersBytes(@TempDir Path folder) throws IOException, InterruptedException {
    CompiledNetworks networks = new CompiledNetworks(folder);
    for (long seed = FIRST; seed < FIRST + GRAPHS / 2; seed++) {
      Program program = Networks.lower(RandomChains.graph(seed)).orElseThrow();
      networks.add(plan(program, 1 + (int) (seed % 2)), seed, "random chain " + seed);
    }
    networks.check();
  }

  @Test
  void shapesThatAreRenderedInAWayOfTheirOwnGiveTheInterpretersBytes(@TempDir Path folder)
      throws IOException, InterruptedException {
    CompiledNetworks networks = new CompiledNetworks(folder);
    int seed = 0;
    for (String text : resource("shapes.txt").split("\n\n")) {
      Program program = Networks.lower(GraphParser.parse(text)).orElseThrow();
      for (int variant = 0; variant < 3; variant += 2) {
        networks.add(plan(program, variant), seed++, text.lines().findFirst().orElseThrow());
      }
    }
    networks.check();
  }

  private static MemoryPlan plan(Program program, int variant) {
    return switch (variant) {
      case 0 -> Networks.trivialPlan(program);
      case 1 -> ScheduleChooser.choose(program);
      default -> MemoryPlanner.plan(program, ScheduleChooser.schedule(program, ScheduleChooser.fusible(program)));
    };
  }

  static String resource(String name) throws IOException {
    return new String(GeneratedCodeTest.class.getResourceAsStream(name).readAllBytes(), StandardCharsets.UTF_8);
  }
}
