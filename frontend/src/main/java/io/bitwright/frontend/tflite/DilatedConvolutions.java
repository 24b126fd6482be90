package io.bitwright.frontend.tflite;

import io.bitwright.frontend.flatbuffer.FlatTable;
import io.bitwright.frontend.flatbuffer.FlatVector;
import io.bitwright.frontend.tflite.schema.OperatorNames;
import io.bitwright.frontend.tflite.schema.Slots;
import io.bitwright.frontend.tflite.schema.TfliteFile;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds SPACE_TO_BATCH_ND, a convolution and BATCH_TO_SPACE_ND that follow each other and have nothing else to do:
 * TensorFlow 1 writes a dilated convolution so.
 */
final class DilatedConvolutions {
  private static final int SPACE_TO_BATCH = OperatorNames.code("SPACE_TO_BATCH_ND");
  private static final int BATCH_TO_SPACE = OperatorNames.code("BATCH_TO_SPACE_ND");
  private static final List<Integer> CONVOLUTIONS =
      List.of(OperatorNames.code("CONV_2D"), OperatorNames.code("DEPTHWISE_CONV_2D"));
  private static final int SEVERAL = -1;

  private final TfliteFile file;
  private final FlatVector operators;
  private final int[] networkOutputs;
  private final Map<Integer, Group> byLast = new HashMap<>();
  private final Set<Integer> inside = new HashSet<>();
  private Map<Integer, Integer> readers;

  /** Places of the three operators in execution order. */
  record Group(int spaceToBatch, int convolution, int batchToSpace) {}

  DilatedConvolutions(TfliteFile file, FlatVector operators, int[] networkOutputs) {
    this.file = file;
    this.operators = operators;
    this.networkOutputs = networkOutputs.clone();
  }

  /** Whether an operator is the first or second of a group, which its last one stands for. */
  boolean isInside(int index) {
    if (file.operatorCode(operators.table(index)).code() == SPACE_TO_BATCH) {
      group(index).ifPresent(group -> {
        inside.add(group.spaceToBatch);
        inside.add(group.convolution);
        byLast.put(group.batchToSpace, group);
      });
    }
    return inside.contains(index);
  }

  /** The group that an operator ends, all of whose others were asked for before. */
  Optional<Group> endingWith(int index) {
    return Optional.ofNullable(byLast.get(index));
  }

  private Optional<Group> group(int first) {
    int second = onlyReader(first);
    if (second <= first || !CONVOLUTIONS.contains(code(second)) || !reads(second, first)) {
      return Optional.empty();
    }
    int third = onlyReader(second);
    boolean ends = third > second && code(third) == BATCH_TO_SPACE && reads(third, second)
        && operators.table(third).vector(Slots.OPERATOR_OUTPUTS, 4).count() == 1;
    return ends ? Optional.of(new Group(first, second, third)) : Optional.empty();
  }

  private int code(int index) {
    return file.operatorCode(operators.table(index)).code();
  }

  /** Whether the operator's first operand is the other's result. */
  private boolean reads(int index, int other) {
    FlatVector operands = operators.table(index).vector(Slots.OPERATOR_INPUTS, 4);
    return operands.count() > 0 && operands.i32(0) == operators.table(other).vector(Slots.OPERATOR_OUTPUTS, 4).i32(0);
  }

  /** The only operator that reads the operator's only result; negative where it is not so. */
  private int onlyReader(int index) {
    FlatVector results = operators.table(index).vector(Slots.OPERATOR_OUTPUTS, 4);
    if (readers == null) {
      readers = readers();
    }
    return results.count() == 1 ? readers.getOrDefault(results.i32(0), SEVERAL) : SEVERAL;
  }

  private Map<Integer, Integer> readers() {
    Map<Integer, Integer> found = new HashMap<>();
    for (int i = 0; i < operators.count(); i++) {
      FlatTable operator = operators.table(i);
      for (int tensor : operator.vector(Slots.OPERATOR_INPUTS, 4).ints()) {
        found.merge(tensor, i, (a, b) -> SEVERAL);
      }
    }
    for (int tensor : networkOutputs) {
      found.put(tensor, SEVERAL);
    }
    return found;
  }
}
