package io.bitwright.compiler.data;

import io.bitwright.ir.diag.Diagnostics;
import io.bitwright.ir.diag.SourceLocation;
import io.bitwright.ir.graph.Graph;
import io.bitwright.ir.graph.Node;
import io.bitwright.ir.interp.Interpreter;
import io.bitwright.ir.interp.Trace;
import io.bitwright.ir.kernel.Lowering;
import io.bitwright.ir.kernel.Program;
import io.bitwright.ir.kernel.Schedule;
import io.bitwright.ir.memory.MemoryPlanner;
import io.bitwright.ir.op.Op;
import io.bitwright.ir.op.Rounding;
import io.bitwright.ir.type.TensorType;
import java.util.List;

/**
 * What a model's file does at an end that the compiled network leaves to its surroundings: reals become codes of the
 * network's input, or codes of its output become reals. It is the file's own operator, run on the interpreter.
 *
 * @param rounding  of reals to codes
 */
public record HostConversion(Rounding rounding) {
  /** Raw f32 elements as raw codes. */
  byte[] codes(byte[] reals, TensorType codes) {
    return run(TensorType.f32(codes.shape()), new Op.Quantize(rounding), codes, reals);
  }

  /** Raw codes as raw f32 elements. */
  byte[] reals(byte[] raw, TensorType codes) {
    return run(codes, new Op.Dequantize(), TensorType.f32(codes.shape()), raw);
  }

  private static byte[] run(TensorType from, Op op, TensorType to, byte[] raw) {
    Node input = new Node(new Op.Input(), List.of(), from, "input", SourceLocation.NONE, List.of());
    Node output = new Node(op, List.of(input), to, "output", SourceLocation.NONE, List.of());
    Program program =
        Lowering.lower(new Graph("end", List.of(input), List.of(output)), new Diagnostics());
    return new Interpreter(MemoryPlanner.plan(program, Schedule.trivial(program))).run(List.of(raw), Trace.NONE).get(0);
  }
}
