package io.bitwright.frontend.onnx.proto;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * TensorProto: a constant. Its contents are decoded by {@link TensorContents}.
 *
 * @param type  number of its DataType
 * @param dims  untrusted
 * @param raw  little-endian elements, where it has them
 * @param typed  stretches of the fields float_data, int32_data, int64_data, double_data, uint64_data by field number
 * @param isExternal  whether the contents are in another file
 * @param external  keys and values that say where
 */
public record TensorMessage(String name, int type, List<Long> dims, Optional<Bytes> raw,
    Map<Integer, List<Bytes>> typed, boolean isExternal, Map<String, String> external) {
  private static final int EXTERNAL = 1;

  public TensorMessage {
    dims = List.copyOf(dims);
  }

  /** A tensor in a file of its own. */
  public static TensorMessage read(byte[] file) {
    return read(Bytes.of(file));
  }

  static TensorMessage read(Bytes bytes) {
    String name = "";
    int type = 0;
    boolean isExternal = false;
    List<Long> dims = new ArrayList<>();
    Optional<Bytes> raw = Optional.empty();
    Map<Integer, List<Bytes>> typed = new LinkedHashMap<>();
    Map<String, String> external = new LinkedHashMap<>();
    MessageReader in = new MessageReader(bytes);
    for (int field = in.next(); field != 0; field = in.next()) {
      switch (field) {
        case 1 -> in.integers(d -> MessageReader.add(dims, d, "dimensions of a tensor", Limits.RANK));
        case 2 -> type = in.small();
        case 8 -> name = in.text();
        case 9 -> raw = Optional.of(in.bytes());
        case 4, 5, 7, 10, 11 -> typed(typed, field, in);
        case 13 -> entry(in.bytes(), external);
        case 14 -> isExternal = in.small() == EXTERNAL;
        case 3 -> throw new MalformedMessageException("a tensor is stored in segments, which no version defines");
        default -> in.skip();
      }
    }
    return new TensorMessage(name, type, dims, raw, typed, isExternal, external);
  }

  private static void typed(Map<Integer, List<Bytes>> typed, int field, MessageReader in) {
    List<Bytes> stretches = typed.computeIfAbsent(field, f -> new ArrayList<>());
    switch (field) {
      case 4 -> add(stretches, in.fixed(4));
      case 10 -> add(stretches, in.fixed(8));
      default -> add(stretches, in.varints());
    }
  }

  private static void add(List<Bytes> stretches, Bytes bytes) {
    MessageReader.add(stretches, bytes, "separate elements of a tensor", Limits.NUMBERS);
  }

  private static void entry(Bytes bytes, Map<String, String> external) {
    String key = "";
    String value = "";
    MessageReader in = new MessageReader(bytes);
    for (int field = in.next(); field != 0; field = in.next()) {
      switch (field) {
        case 1 -> key = in.text();
        case 2 -> value = in.text();
        default -> in.skip();
      }
    }
    if (external.size() >= Limits.RANK) {
      throw new TooLargeException("the number of external data entries of a tensor", external.size() + 1L, Limits.RANK);
    }
    external.put(key, value);
  }
}
