package io.bitwright.c;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bitwright.ir.interp.Interpreter;
import io.bitwright.ir.interp.Trace;
import io.bitwright.runners.BuildCache;
import io.bitwright.runners.Execution;
import io.bitwright.runners.Executor;
import io.bitwright.runners.RunRequest;
import io.bitwright.runners.gcc.GccExecutor;
import io.bitwright.target.EmitRequest;
import io.bitwright.target.Target;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.ServiceLoader;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The executor that a user names with {@code --on c}. */
class GccExecutorTest {
  @Test
  void targetAndExecutorAreFoundByName() {
    Executor executor = ServiceLoader.load(Executor.class).stream().map(ServiceLoader.Provider::get)
        .filter(e -> e.name().equals("c")).findFirst().orElseThrow();
    Target target = ServiceLoader.load(Target.class).stream().map(ServiceLoader.Provider::get)
        .filter(t -> t.name().equals("c")).findFirst().orElseThrow();
    assertEquals(target.name(), executor.target());
  }

  @Test
  void outputsAndLayersAreTheInterpreters(@TempDir Path cache) {
    Executor executor = new GccExecutor("gcc", new BuildCache(cache), Duration.ofMinutes(1));
    for (long seed = 0; seed < 4; seed++) {
      EmitRequest request = Networks.random(seed);
      List<byte[]> first = request.selfTest().orElseThrow().inputs();
      List<byte[]> second = first.stream().map(byte[]::clone).toList();
      second.get(0)[0] ^= 1;
      SortedMap<Integer, byte[]> layers = new TreeMap<>();
      Interpreter interpreter = new Interpreter(request.plan());
      List<List<byte[]>> expected =
          List.of(interpreter.run(first, layers::put), interpreter.run(second, Trace.NONE));
      Execution execution =
          executor.run(new RunRequest(request, new CTarget().emit(request), List.of(first, second), true));
      for (int f = 0; f < 2; f++) {
        for (int i = 0; i < expected.get(f).size(); i++) {
          assertArrayEquals(expected.get(f).get(i), execution.outputs().get(f).get(i), "frame " + f);
        }
      }
      assertEquals(layers.keySet(), execution.layers().keySet());
      layers.forEach((operator, bytes) -> assertArrayEquals(bytes, execution.layers().get(operator)));
      assertTrue(execution.nanosPerFrame() > 0);
    }
  }
}
