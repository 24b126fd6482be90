package io.bitwright.frontend.tflite.export;

import io.bitwright.frontend.tflite.schema.OperatorNames;
import io.bitwright.ir.type.TensorData;
import io.bitwright.ir.type.TensorType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A file before it is bytes: its tensors, operators and buffers in the order they were added. */
final class FileContents {
  /** The buffer of tensors without contents. */
  static final int NO_DATA = 0;

  private final List<Tensor> tensors = new ArrayList<>();
  private final List<Operator> operators = new ArrayList<>();
  private final Map<Code, Integer> codes = new LinkedHashMap<>();
  private final Map<TensorData, Integer> buffers = new LinkedHashMap<>();
  private final Set<String> names = new HashSet<>();
  private final Map<String, Integer> repetitions = new HashMap<>();

  /**
   * A tensor.
   *
   * @param name  like no other tensor's
   * @param buffer  number of the buffer with its contents, or {@link #NO_DATA}
   */
  record Tensor(String name, TensorType type, int buffer) {}

  /** An operator's number in the schema's enumeration, and the version of it that is needed. */
  record Code(int number, int version) {}

  /**
   * An operator.
   *
   * @param code  index into the file's codes
   * @param inputs  numbers of tensors
   */
  record Operator(int code, List<Integer> inputs, int output, Options options) {}

  /**
   * Adds a tensor.
   *
   * @param name  made unlike all others by a number behind it
   * @param data  contents of a constant
   * @return its number
   */
  int tensor(String name, TensorType type, Optional<TensorData> data) {
    int buffer = data.map(d -> buffers.computeIfAbsent(d, k -> buffers.size() + 1)).orElse(NO_DATA);
    tensors.add(new Tensor(unique(name.isEmpty() ? "tensor" : name), type, buffer));
    return tensors.size() - 1;
  }

  private String unique(String name) {
    String candidate = name;
    while (!names.add(candidate)) {
      candidate = name + "_" + repetitions.merge(name, 1, Integer::sum);
    }
    return candidate;
  }

  /** Adds an operator behind all others. */
  void operator(String name, int version, List<Integer> inputs, int output, Options options) {
    int code = codes.computeIfAbsent(new Code(OperatorNames.code(name), version), k -> codes.size());
    operators.add(new Operator(code, List.copyOf(inputs), output, options));
  }

  List<Tensor> tensors() {
    return List.copyOf(tensors);
  }

  Tensor tensor(int number) {
    return tensors.get(number);
  }

  List<Operator> operators() {
    return List.copyOf(operators);
  }

  List<Code> codes() {
    return List.copyOf(codes.keySet());
  }

  /** Contents of the buffers from number 1 on. */
  List<TensorData> buffers() {
    return List.copyOf(buffers.keySet());
  }
}
