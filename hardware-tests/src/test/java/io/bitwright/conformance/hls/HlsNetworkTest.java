package io.bitwright.conformance.hls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.bitwright.dataflow.Stage;
import io.bitwright.hls.TripCounts;
import io.bitwright.runners.ExternalTool;
import io.bitwright.runners.hls.HlsCompiler;
import io.bitwright.runners.hls.HlsRun;
import io.bitwright.target.HardwareOptions.Pragmas;
import io.bitwright.tracer.RequiredTools;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Trained networks in HLS C++: outputs and every stage's tensor are the interpreter's, intervals the plan's. */
@Tag("simulator")
class HlsNetworkTest {
  private static final ExternalTool CLANG = new ExternalTool("clang++", "clang", "simulate the generated HLS C++");

  @BeforeAll
  static void requireCompiler() {
    RequiredTools.require(List.of(HlsCompiler.USUAL.tool()));
  }

  static Stream<String> networks() {
    return Stream.concat(Stream.of("digits"), HlsNetworks.GOLDEN.stream());
  }

  private static HlsCase network(String name, int lanes) {
    return name.equals("digits") ? HlsNetworks.digits(lanes) : HlsNetworks.golden(name, lanes);
  }

  @ParameterizedTest
  @MethodSource("networks")
  void outputsAndStages(String name) {
    check(network(name, 64), HlsCompiler.USUAL);
  }

  @ParameterizedTest
  @MethodSource("networks")
  @Tag("slow")
  void outputsAndStagesOfManyLanesWithSanitizers(String name) {
    check(network(name, 256), HlsCompiler.USUAL.plus("-fsanitize=address,undefined", "-fno-sanitize-recover=all"));
  }

  private static void check(HlsCase network, HlsCompiler compiler) {
    HlsRun run = network.simulate(compiler, 1, true);
    List<String> found = new ArrayList<>(network.layerDifferences(run));
    found.addAll(network.differences(run));
    found.addAll(HlsChainTest.cycleDifferences(network, run));
    assertEquals(List.of(), found);
  }

  @ParameterizedTest
  @CsvSource({"g++, c++14, GENERIC", "g++, c++17, VITIS", "clang++, c++14, VITIS", "clang++, c++17, GENERIC"})
  void everyCompilerGivesTheSame(String command, String standard, Pragmas pragmas) {
    ExternalTool tool = command.equals("g++") ? HlsCompiler.USUAL.tool() : CLANG;
    RequiredTools.require(List.of(tool));
    HlsCompiler compiler =
        new HlsCompiler(tool, List.of("-std=" + standard, "-O0", "-Wall", "-Wextra", "-Werror"), false);
    HlsCase digits = HlsNetworks.digits(80).with(pragmas).withFrames(2);
    assertEquals(List.of(), digits.differences(digits.simulate(compiler, 1, false)));
  }

  /** With {@code ap_int.h} and {@code hls_stream.h} as the vendor has published them, where their folder is named. */
  @ParameterizedTest
  @MethodSource("networks")
  @Tag("slow")
  void theVendorsTypesGiveTheSame(String name) {
    String headers = System.getenv("BITWRIGHT_HLS_HEADERS");
    assumeTrue(headers != null, "BITWRIGHT_HLS_HEADERS is not set");
    HlsCompiler compiler = HlsCompiler.USUAL.withFlags(List.of("-std=c++14", "-O1", "-I" + headers));
    HlsCase network = network(name, 64);
    assertEquals(List.of(), network.differences(network.simulate(compiler, 1, false)));
  }

  /** Whatever the order of the stages, FIFOs of the planned depths do; nothing locks. */
  @Test
  void stagesSideBySide() {
    HlsCase digits = HlsNetworks.digits(64);
    for (long seed = 1; seed <= 4; seed++) {
      HlsRun run = digits.simulate(HlsCompiler.USUAL.inParallel(), seed, false);
      assertEquals(List.of(), digits.differences(run));
      run.fifos().forEach((name, fifo) -> assertTrue(fifo.held() <= fifo.depth(), name + " " + fifo));
    }
  }

  /** In step, with FIFOs of their depths, a frame takes what the slowest stage takes: nothing waits in vain. */
  @ParameterizedTest
  @CsvSource({"digits, 64", "kws_dscnn_int8, 250"})
  void intervalWithAllStagesInStep(String name, int lanes) {
    checkInterval(network(name, lanes));
  }

  @ParameterizedTest
  @CsvSource({"vww_96_int8, 64", "vww_96_int8, 256", "person_detect, 256", "mobilenet_v1_0.25_128_quant, 256",
      "digits, 200"})
  @Tag("slow")
  void intervalOfLargeNetworksInStep(String name, int lanes) {
    checkInterval(network(name, lanes));
  }

  private static void checkInterval(HlsCase network) {
    HlsCompiler inStep = HlsCompiler.USUAL.inParallel();
    HlsRun three = network.simulate(inStep, 0, false);
    assertEquals(List.of(), network.differences(three));
    long simulated = three.rounds() - network.withFrames(2).simulate(inStep, 0, false).rounds();
    long planned = network.plan().stages().stream().mapToLong(Stage::intervalCycles).max().orElseThrow();
    assertEquals(planned, TripCounts.intervalCycles(network.plan()), planned * 0.01);
    assertEquals(planned, simulated, planned * 0.02);
  }
}
