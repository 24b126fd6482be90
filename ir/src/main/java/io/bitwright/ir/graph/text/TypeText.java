package io.bitwright.ir.graph.text;

import io.bitwright.ir.type.ElementType;
import io.bitwright.ir.type.Quantization;
import io.bitwright.ir.type.RealText;
import io.bitwright.ir.type.Shape;
import io.bitwright.ir.type.TensorData;
import io.bitwright.ir.type.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Tensor types as text: {@code tensor<1x8x8x3 x i8, q(0.5, -3)>}. Reading what was written gives an equal type. */
final class TypeText {
  private static final int MOST_INLINE_SCALES = 8;

  private TypeText() {}

  /** The type; long lists of scales go to the pool. */
  static String write(TensorType type, Map<String, TensorData> pool) {
    String dims = type.shape().rank() == 0 ? "" : type.shape() + " x ";
    return "tensor<" + dims + type.element().text() + write(type.quantization(), pool) + ">";
  }

  private static String write(Quantization quantization, Map<String, TensorData> pool) {
    if (quantization instanceof Quantization.PerTensor q) {
      return ", q(" + RealText.of(q.scale()) + ", " + q.zeroPoint() + ")";
    }
    if (quantization instanceof Quantization.PerAxis q) {
      return ", q(axis=" + q.axis() + ", " + scales(q.scales(), pool) + ")";
    }
    return "";
  }

  private static String scales(List<Float> scales, Map<String, TensorData> pool) {
    if (scales.size() <= MOST_INLINE_SCALES) {
      return scales.stream().map(RealText::of).collect(Collectors.joining(", ", "[", "]"));
    }
    float[] all = new float[scales.size()];
    for (int i = 0; i < all.length; i++) {
      all[i] = scales.get(i);
    }
    TensorData data = TensorData.ofFloats(all);
    String digest = data.digest();
    pool.put(digest, data);
    return "@" + digest;
  }

  static TensorType read(TextScanner scanner, Map<String, TensorData> pool) {
    int start = scanner.position();
    scanner.expectWord("tensor");
    scanner.expect('<');
    List<Integer> dims = new ArrayList<>();
    while (Character.digit(scanner.peek(), 10) >= 0) {
      dims.add(scanner.digits("a dimension"));
      scanner.expect('x');
    }
    int elementAt = scanner.position();
    ElementType element = element(scanner, elementAt, scanner.word("an element type"));
    try {
      Quantization quantization = scanner.take(',') ? readQuantization(scanner, pool) : Quantization.NONE;
      scanner.expect('>');
      return new TensorType(new Shape(dims), element, quantization);
    } catch (IllegalArgumentException e) {
      throw scanner.syntax(start, e.getMessage());
    }
  }

  private static ElementType element(TextScanner scanner, int at, String word) {
    for (ElementType element : ElementType.values()) {
      if (element.text().equals(word)) {
        return element;
      }
    }
    throw scanner.unknown(at, "element type", word);
  }

  private static Quantization readQuantization(TextScanner scanner, Map<String, TensorData> pool) {
    scanner.expectWord("q");
    scanner.expect('(');
    Quantization result;
    if (scanner.takeWord("axis")) {
      scanner.expect('=');
      int axis = scanner.integer("an axis");
      scanner.expect(',');
      result = new Quantization.PerAxis(axis, scanner.at('@') ? pooled(scanner, pool) : listed(scanner));
    } else {
      float scale = scanner.real("a scale");
      scanner.expect(',');
      result = new Quantization.PerTensor(scale, scanner.integer("a zero point"));
    }
    scanner.expect(')');
    return result;
  }

  private static List<Float> listed(TextScanner scanner) {
    List<Float> scales = new ArrayList<>();
    scanner.expect('[');
    do {
      scales.add(scanner.real("a scale"));
    } while (scanner.take(','));
    scanner.expect(']');
    return scales;
  }

  private static List<Float> pooled(TextScanner scanner, Map<String, TensorData> pool) {
    int at = scanner.position();
    TensorData data = ConstantText.pooled(scanner, pool);
    if (data.element() != ElementType.F32) {
      throw scanner.syntax(at, "scales must be f32 instead of " + data.element().text());
    }
    List<Float> scales = new ArrayList<>();
    for (float scale : data.reals()) {
      scales.add(scale);
    }
    return scales;
  }
}
