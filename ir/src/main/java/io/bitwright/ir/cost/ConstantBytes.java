package io.bitwright.ir.cost;

import io.bitwright.ir.kernel.Kernel;
import io.bitwright.ir.kernel.Program;
import io.bitwright.ir.scalar.Interval;
import io.bitwright.ir.scalar.LookupTable;
import io.bitwright.ir.scalar.Scalar;
import io.bitwright.ir.type.TensorData;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The constants of a program: weights, biases, tables of codes, and what its scalar programs look up, equal ones once.
 * The least flash that any rendering of the program takes.
 */
public final class ConstantBytes implements Kernel.Visitor<Stream<Object>> {
  private ConstantBytes() {}

  public static long of(Program program) {
    Set<Object> seen = new HashSet<>();
    long bytes = 0;
    ConstantBytes constants = new ConstantBytes();
    for (Kernel kernel : program.kernels()) {
      for (Object constant : kernel.accept(constants).toList()) {
        bytes += seen.add(constant) ? sizeOf(constant) : 0;
      }
    }
    return bytes;
  }

  private static long sizeOf(Object constant) {
    return constant instanceof LookupTable table ? (long) table.size() * entryBytes(table.interval())
        : ((TensorData) constant).sizeBytes();
  }

  /** Bytes of the narrowest integer type, signed or not, that holds the entries. */
  private static int entryBytes(Interval entries) {
    int bits = entries.lo() >= 0 ? entries.signedBits() - 1 : entries.signedBits();
    return bits <= 8 ? 1 : bits <= 16 ? 2 : bits <= 32 ? 4 : 8;
  }

  private static Stream<Object> tables(Scalar... programs) {
    return Stream.of(programs).flatMap(p -> p.tables().stream());
  }

  @Override
  public Stream<Object> visit(Kernel.Dot kernel) {
    return Stream.concat(Stream.of(kernel.weights(), kernel.bias()), tables(kernel.epilogue()));
  }

  @Override
  public Stream<Object> visit(Kernel.Reduce kernel) {
    return tables(kernel.epilogue());
  }

  @Override
  public Stream<Object> visit(Kernel.Map kernel) {
    List<TensorData> constants = kernel.operands().stream().flatMap(o -> o.constant().stream()).toList();
    return Stream.concat(constants.stream(), tables(kernel.body()));
  }

  @Override
  public Stream<Object> visit(Kernel.Table kernel) {
    return Stream.of(kernel.table());
  }

  @Override
  public Stream<Object> visit(Kernel.RowSoftmax kernel) {
    return tables(kernel.exponential(), kernel.term(), kernel.reciprocal(), kernel.scale());
  }

  @Override
  public Stream<Object> visit(Kernel.Move kernel) {
    return Stream.empty();
  }
}
