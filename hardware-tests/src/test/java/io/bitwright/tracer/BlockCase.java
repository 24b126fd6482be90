package io.bitwright.tracer;

import io.bitwright.conformance.ProgramBuilder;
import io.bitwright.ir.interp.Interpreter;
import io.bitwright.ir.interp.Trace;
import io.bitwright.ir.kernel.Kernel;
import io.bitwright.ir.kernel.Program;
import io.bitwright.ir.kernel.Schedule;
import io.bitwright.ir.kernel.SeparableBlock;
import io.bitwright.ir.kernel.Value;
import io.bitwright.ir.memory.MemoryPlan;
import io.bitwright.ir.memory.MemoryPlanner;
import io.bitwright.ir.memory.ScheduleChooser;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Set;

/**
 * A depthwise + pointwise block on its own, and what it is fed: the same case for every back end.
 *
 * @param name  for people
 * @param program  the two kernels
 * @param frames  stored codes, one array an inference
 */
record BlockCase(String name, Program program, List<byte[]> frames) {
  /** Takes a block out of the network that it stands in. */
  static BlockCase of(String name, SeparableBlock block, List<byte[]> frames) {
    ProgramBuilder program = new ProgramBuilder();
    Value ifm = program.input(block.ifm().shape());
    Value middle = program.append("depthwise_conv2d", List.of(ifm), block.middle().shape(),
        header -> withHeader(block.depthwise(), header));
    Value ofm = program.append("conv2d", List.of(middle), block.ofm().shape(),
        header -> withHeader(block.pointwise(), header));
    return new BlockCase(name, program.build("block", ofm), frames);
  }

  private static Kernel.Dot withHeader(Kernel.Dot dot, Kernel.Header header) {
    return new Kernel.Dot(header, dot.connection(), dot.groups(), dot.window(), dot.weights(), dot.bias(),
        dot.paddingCode(), dot.weightZeroPoint(), dot.epilogue());
  }

  SeparableBlock block() {
    return SeparableBlock.in(program).get(0);
  }

  /** Every kernel on its own. */
  MemoryPlan plain() {
    return MemoryPlanner.plan(program, Schedule.trivial(program));
  }

  /** Both together, a row at a time. */
  MemoryPlan fused() {
    return MemoryPlanner.plan(program, ScheduleChooser.schedule(program, Set.of(0)));
  }

  /** The definition: the outputs of all frames, one after the other. */
  byte[] interpret(MemoryPlan plan) {
    Interpreter interpreter = new Interpreter(plan);
    return joined(frames.stream().map(f -> interpreter.run(List.of(f), Trace.NONE).get(0)).toList());
  }

  byte[] input() {
    return joined(frames);
  }

  static byte[] joined(List<byte[]> parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    parts.forEach(all::writeBytes);
    return all.toByteArray();
  }

  @Override
  public String toString() {
    return name;
  }
}
