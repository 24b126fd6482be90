package io.bitwright.frontend.tflite.site;

import io.bitwright.frontend.flatbuffer.FlatVector;
import io.bitwright.frontend.tflite.schema.FileTensor;
import io.bitwright.ir.diag.DiagnosticException;
import io.bitwright.ir.diag.DiagnosticId;
import io.bitwright.ir.type.ElementType;
import io.bitwright.ir.type.TensorData;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * The contents of the constants, copied out of the file once however many tensors share them.
 *
 * <p>Two constants share all of their bytes or none.
 */
final class ConstantPool {
  private final Map<Key, TensorData> contents = new HashMap<>();
  private final TreeMap<Integer, Integer> endByStart = new TreeMap<>();

  private record Key(int start, int end, ElementType element) {}

  /**
   * The bytes of a constant tensor.
   *
   * @throws DiagnosticException if another constant has a part of them
   */
  TensorData of(FileTensor tensor) {
    FlatVector data = tensor.data();
    Key key = new Key(data.position(), data.position() + data.count(), tensor.element());
    TensorData known = contents.get(key);
    if (known == null) {
      claim(key, tensor);
      known = TensorData.ofRaw(key.element, data.bytes());
      contents.put(key, known);
    }
    return known;
  }

  private void claim(Key key, FileTensor tensor) {
    Map.Entry<Integer, Integer> below = endByStart.lowerEntry(key.end);
    boolean same = below != null && below.getKey() == key.start && below.getValue() == key.end;
    if (!same && below != null && below.getValue() > key.start) {
      throw DiagnosticException.of(DiagnosticId.MALFORMED_FILE, tensor.location(),
          "the data of tensor '" + tensor.name() + "' overlaps another tensor's at byte " + below.getKey());
    }
    endByStart.put(key.start, key.end);
  }
}
