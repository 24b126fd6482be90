package io.bitwright.tracer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.bitwright.boards.Boards;
import io.bitwright.compiler.BackEnds;
import io.bitwright.ir.memory.MemoryPlan;
import io.bitwright.runners.Executor;
import io.bitwright.runners.RunRequest;
import io.bitwright.target.EmitRequest;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The tracer: blocks in C and in HLS C++ give the interpreter's bytes. */
class BlockTest {
  static List<BlockCase> blocks() {
    return BlockCases.all();
  }

  @ParameterizedTest
  @MethodSource("blocks")
  void bothSchedulesGiveTheSameBytes(BlockCase block) {
    assertArrayEquals(block.interpret(block.plain()), block.interpret(block.fused()));
  }

  @ParameterizedTest
  @MethodSource("blocks")
  void cGivesTheInterpretersBytes(BlockCase block) {
    Executor executor = BackEnds.executor("c");
    RequiredTools.require(executor.tools());
    assertArrayEquals(block.interpret(block.plain()), run(executor, block, block.plain()));
    assertArrayEquals(block.interpret(block.plain()), run(executor, block, block.fused()));
  }

  @ParameterizedTest
  @MethodSource("blocks")
  @Tag("simulator")
  void hlsGivesTheInterpretersBytes(BlockCase block) {
    Executor executor = BackEnds.executor("hls");
    RequiredTools.require(executor.tools());
    assertArrayEquals(block.interpret(block.plain()), run(executor, block, block.plain()));
  }

  private static byte[] run(Executor executor, BlockCase block, MemoryPlan plan) {
    EmitRequest request =
        new EmitRequest("block", block.name(), plan, Boards.find("host").board(), Optional.empty());
    RunRequest run = new RunRequest(request, BackEnds.target(executor.target()).emit(request),
        block.frames().stream().map(List::of).toList(), false);
    return BlockCase.joined(executor.run(run).outputs().stream().map(o -> o.get(0)).toList());
  }
}
