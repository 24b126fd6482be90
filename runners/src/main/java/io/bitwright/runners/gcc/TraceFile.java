package io.bitwright.runners.gcc;

import io.bitwright.ir.kernel.Program;
import io.bitwright.ir.kernel.Value;
import io.bitwright.ir.type.TensorData;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashSet;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads the records of a traced run: index, length, bytes, one after the other. */
final class TraceFile {
  private TraceFile() {}

  /** By source operator its output as the model types it. */
  static SortedMap<Integer, byte[]> read(byte[] contents, Program program) {
    Set<Integer> recentred = new HashSet<>();
    program.values().stream().filter(Value::recentred).forEach(v -> recentred.addAll(v.origins()));
    SortedMap<Integer, byte[]> layers = new TreeMap<>();
    ByteBuffer records = ByteBuffer.wrap(contents).order(ByteOrder.nativeOrder());
    while (records.hasRemaining()) {
      int operator = records.getInt();
      byte[] bytes = new byte[records.getInt()];
      records.get(bytes);
      if (recentred.contains(operator)) {
        TensorData.recentre(bytes);
      }
      layers.put(operator, bytes);
    }
    return layers;
  }
}
