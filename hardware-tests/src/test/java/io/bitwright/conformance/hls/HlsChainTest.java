package io.bitwright.conformance.hls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bitwright.dataflow.Stage;
import io.bitwright.hls.TripCounts;
import io.bitwright.runners.hls.HlsCompiler;
import io.bitwright.runners.hls.HlsRun;
import io.bitwright.tracer.RequiredTools;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Chains of every kind of stage in HLS C++ give the interpreter's bytes, layer by layer, in the planned cycles. */
@Tag("simulator")
class HlsChainTest {
  private static final HlsCompiler SANITIZED = HlsCompiler.USUAL.withFlags(List.of("-std=c++14", "-O0", "-Wall",
      "-Wextra", "-Werror", "-fsanitize=address,undefined", "-fno-sanitize-recover=all"));

  @BeforeAll
  static void requireCompiler() {
    RequiredTools.require(List.of(HlsCompiler.USUAL.tool()));
  }

  static Stream<HlsCase> chains() {
    return Stream.of(RandomChain.of(38, 260), RandomChain.of(34, 400), RandomChain.of(70, 110), RandomChain.of(29, 30),
        RandomChain.of(35, 30), RandomChain.of(36, 110));
  }

  static Stream<HlsCase> manyChains() {
    return Stream.iterate(40, i -> i < 80, i -> i + 1).map(i -> RandomChain.of(i, 30 + i * i % 400));
  }

  @Test
  void everyKindOfStageAndEveryCornerHasAChain() {
    Set<String> corners = new TreeSet<>();
    chains().forEach(c -> corners.addAll(Corners.of(c.plan())));
    assertEquals(Corners.names(), corners);
    List<Class<?>> kinds = chains().flatMap(c -> c.plan().stages().stream()).<Class<?>>map(Object::getClass).toList();
    for (Class<?> kind : Stage.class.getPermittedSubclasses()) {
      assertTrue(kinds.contains(kind), kind.getSimpleName());
    }
  }

  @ParameterizedTest
  @MethodSource("chains")
  void bytesAndCycles(HlsCase chain) {
    HlsRun run = chain.simulate(SANITIZED, 1, true);
    List<String> found = new ArrayList<>(chain.layerDifferences(run));
    found.addAll(chain.differences(run));
    found.addAll(cycleDifferences(chain, run));
    assertEquals(List.of(), found);
  }

  @ParameterizedTest
  @MethodSource("manyChains")
  @Tag("slow")
  void bytesAndCyclesOfMany(HlsCase chain) {
    bytesAndCycles(chain);
  }

  @ParameterizedTest
  @MethodSource("chains")
  @Tag("slow")
  void stagesSideBySideNeverLock(HlsCase chain) {
    for (long seed = 1; seed <= 5; seed++) {
      assertEquals(List.of(), chain.differences(chain.simulate(HlsCompiler.USUAL.inParallel(), seed, false)));
    }
  }

  /** Stages whose loops took other than the modelled number of cycles. */
  static List<String> cycleDifferences(HlsCase of, HlsRun run) {
    List<String> found = new ArrayList<>();
    for (Stage stage : of.plan().stages()) {
      long expected = TripCounts.of(stage).of(run.framesPerCall());
      if (run.cycles().get(stage.name()) != expected) {
        found.add(of.name() + " " + stage.name() + ": " + run.cycles().get(stage.name()) + " cycles, not " + expected);
      }
    }
    return found;
  }
}
