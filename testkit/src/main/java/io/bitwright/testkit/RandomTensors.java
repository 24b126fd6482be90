package io.bitwright.testkit;

import io.bitwright.ir.diag.SourceLocation;
import io.bitwright.ir.graph.Node;
import io.bitwright.ir.op.Op;
import io.bitwright.ir.type.ElementType;
import io.bitwright.ir.type.Quantization;
import io.bitwright.ir.type.Shape;
import io.bitwright.ir.type.TensorData;
import io.bitwright.ir.type.TensorType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Random types and contents for {@link RandomGraphs}. Tie-rich scales have quotients with few bits, so that sums fall on
 * rounding ties. Some constants are equal to earlier ones.
 */
final class RandomTensors {
  private static final List<ElementType> ELEMENTS =
      List.of(ElementType.I8, ElementType.I8, ElementType.U8, ElementType.F32, ElementType.I16);

  private static final float[] TIE_RICH = {0.0625f, 0.09375f, 0.078125f, 0.125f, 0.03125f, 0.046875f};

  private final Random random;
  private final boolean tieRich;
  private final List<Node> made = new ArrayList<>();

  RandomTensors(Random random, boolean tieRich) {
    this.random = random;
    this.tieRich = tieRich;
  }

  float activationScale() {
    return tieRich ? TIE_RICH[random.nextInt(TIE_RICH.length)] : 0.02f + 0.1f * random.nextFloat();
  }

  private float weightScale() {
    return tieRich ? TIE_RICH[random.nextInt(TIE_RICH.length)] / 8 : 0.001f + 0.02f * random.nextFloat();
  }

  int zeroPoint(ElementType element) {
    if (element == ElementType.I16) {
      return 0;
    }
    int min = (int) element.min();
    return switch (random.nextInt(4)) {
      case 0 -> min;
      case 1 -> min + 128;
      default -> min + random.nextInt(256);
    };
  }

  /** A type for an operator's result. */
  TensorType activation(Shape shape, ElementType element) {
    return element == ElementType.F32
        ? TensorType.f32(shape)
        : TensorType.quantized(shape, element, activationScale(), zeroPoint(element));
  }

  /** Weights with {@code filters} along {@code axis}. */
  Node weights(Shape shape, int axis, ElementType element) {
    if (element == ElementType.F32) {
      return constant(TensorType.f32(shape));
    }
    ElementType own = element == ElementType.I16 ? ElementType.I8 : element;
    if (element == ElementType.U8 || random.nextBoolean()) {
      int zero = own == ElementType.I8 ? 0 : random.nextInt(256);
      return constant(TensorType.quantized(shape, own, weightScale(), zero));
    }
    List<Float> scales = new ArrayList<>();
    for (int i = 0; i < shape.dim(axis); i++) {
      scales.add(weightScale());
    }
    return constant(new TensorType(shape, own, new Quantization.PerAxis(axis, scales)));
  }

  Node bias(int filters, ElementType element) {
    Shape shape = Shape.of(filters);
    boolean wide = element == ElementType.I16 && random.nextInt(3) > 0;
    return constant(element == ElementType.F32 ? TensorType.f32(shape)
        : TensorType.plain(shape, wide ? ElementType.I64 : ElementType.I32));
  }

  /** Operands of a weighted operator: at times without bias. */
  List<Node> weighted(Node x, Node weights, int filters) {
    Node bias = bias(filters, x.type().element());
    return random.nextInt(4) == 0 ? List.of(x, weights) : List.of(x, weights, bias);
  }

  /** The type of softmax and sigmoid of a tensor. */
  TensorType probability(Node x) {
    ElementType element = x.type().element();
    return switch (element) {
      case F32 -> x.type();
      case I16 -> TensorType.quantized(x.type().shape(), element, 1f / 32768, 0);
      default -> TensorType.quantized(x.type().shape(), element, 1f / 256, (int) element.min());
    };
  }

  /** A constant of random contents. */
  Node constant(TensorType type) {
    List<Node> alike = made.stream().filter(n -> n.type().equals(type)).toList();
    if (!alike.isEmpty() && random.nextInt(3) == 0) {
      return constant(type, alike.get(random.nextInt(alike.size())).constant());
    }
    ByteBuffer raw = ByteBuffer.allocate(type.sizeBytes()).order(ByteOrder.LITTLE_ENDIAN);
    while (raw.hasRemaining()) {
      switch (type.element()) {
        case F32 -> raw.putFloat((random.nextInt(257) - 128) / 64f);
        case I32 -> raw.putInt(random.nextInt(4001) - 2000);
        case I64 -> raw.putLong((random.nextInt(4001) - 2000) * 1_000_003L);
        default -> raw.put((byte) (type.isPerTensor() ? random.nextInt(256) : random.nextInt(255) - 127));
      }
    }
    return constant(type, TensorData.ofRaw(type.element(), raw.array()));
  }

  /** An f32 constant of one element. */
  Node scalar(float value) {
    return constant(TensorType.f32(Shape.of(1)), TensorData.ofFloats(value));
  }

  /** The type of a graph's activations. */
  static ElementType element(Random random) {
    return ELEMENTS.get(random.nextInt(ELEMENTS.size()));
  }

  /** An f32 constant of positive contents. */
  Node positive(TensorType type) {
    float[] values = new float[type.shape().elements()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (1 + random.nextInt(256)) / 64f;
    }
    return constant(type, TensorData.ofFloats(values));
  }

  private Node constant(TensorType type, TensorData data) {
    String name = "constant " + random.nextInt(1000);
    Node node = new Node(new Op.Constant(name, data), List.of(), type, name, SourceLocation.NONE, List.of());
    made.add(node);
    return node;
  }

  /** Raw elements to feed an input. */
  static byte[] feed(TensorType type, Random random) {
    byte[] raw = new byte[type.sizeBytes()];
    if (!type.isFloat()) {
      random.nextBytes(raw);
      return raw;
    }
    ByteBuffer buffer = ByteBuffer.wrap(raw).order(ByteOrder.LITTLE_ENDIAN);
    while (buffer.hasRemaining()) {
      buffer.putFloat((random.nextInt(257) - 128) / 16f);
    }
    return raw;
  }
}
