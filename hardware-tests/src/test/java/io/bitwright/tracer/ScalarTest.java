package io.bitwright.tracer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.bitwright.ir.scalar.Opcode;
import io.bitwright.ir.scalar.Scalar;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Scalar programs in HLS C++ agree with the evaluator. */
class ScalarTest {
  static List<ScalarGroup> groups() {
    return ScalarCases.all();
  }

  @Test
  void everyIntegerOpcodeHasACase() {
    Set<Opcode> integer = Arrays.stream(Opcode.values()).filter(o -> !o.name().startsWith("F_"))
        .collect(Collectors.toCollection(() -> EnumSet.noneOf(Opcode.class)));
    Set<Opcode> used = groups().stream().flatMap(g -> g.programs().stream()).flatMap(p -> p.values().stream())
        .map(Scalar.Value::opcode).collect(Collectors.toCollection(() -> EnumSet.noneOf(Opcode.class)));
    assertEquals(integer, used);
  }

  @ParameterizedTest
  @MethodSource("groups")
  @Tag("simulator")
  void hlsAgreesWithTheEvaluator(ScalarGroup group, @TempDir Path folder) throws IOException, InterruptedException {
    RequiredTools.require(List.of(RequiredTools.GPP));
    group.check(HlsSimulation.build(HlsScalars.tree(group.programs()), folder).run(group.input()));
  }
}
