package io.bitwright.conformance.rtl;

import io.bitwright.runners.verilator.Verilator;
import io.bitwright.tracer.RequiredTools;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every kind of stage by itself, over random shapes, windows, foldings and stalls, gives the interpreter's bytes. */
@Tag("simulator")
class StageRtlTest {
  private static final Map<String, Function<RandomStages, StageCase>> KINDS = kinds();

  private static Map<String, Function<RandomStages, StageCase>> kinds() {
    Map<String, Function<RandomStages, StageCase>> kinds = new LinkedHashMap<>();
    kinds.put("dense", RandomStages::dense);
    kinds.put("depthwise", RandomStages::depthwise);
    kinds.put("pool", RandomStages::pool);
    kinds.put("global_pool", RandomStages::globalPool);
    kinds.put("lookup", RandomStages::lookup);
    kinds.put("elementwise", RandomStages::elementwise);
    kinds.put("softmax", RandomStages::softmax);
    kinds.put("pad", RandomStages::pad);
    kinds.put("repack", RandomStages::repack);
    kinds.put("line_buffer", RandomStages::lineBuffer);
    return kinds;
  }

  static List<String> kindNames() {
    return List.copyOf(KINDS.keySet());
  }

  private static List<StageCase> cases(String kind, int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(i -> KINDS.get(kind).apply(new RandomStages(kind + "_" + i, i))).toList();
  }

  /** A few of each kind, all in one simulation. */
  @Test
  void someOfEveryKind(@TempDir Path folder) {
    RequiredTools.require(Verilator.tools());
    List<StageCase> cases = new ArrayList<>();
    kindNames().forEach(kind -> cases.addAll(cases(kind, 0, 3)));
    check(cases, 4, folder);
  }

  /** 24 designs of a kind, ten runs each. */
  @ParameterizedTest
  @MethodSource("kindNames")
  @Tag("slow")
  void manyOfAKind(String kind, @TempDir Path folder) {
    RequiredTools.require(Verilator.tools());
    check(cases(kind, 100, 124), 10, folder);
  }

  private static void check(List<StageCase> cases, int runs, Path folder) {
    StageBench bench = StageBench.build(cases, folder);
    for (int i = 0; i < cases.size(); i++) {
      for (int seed = 0; seed < runs; seed++) {
        bench.check(i, seed);
      }
    }
  }
}
