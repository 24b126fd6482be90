package io.bitwright.ir.kernel;

import io.bitwright.ir.type.ElementType;
import io.bitwright.ir.type.Shape;
import io.bitwright.ir.type.TensorType;
import java.util.List;
import java.util.Optional;

/**
 * A tensor that one kernel writes once (or the user, for an input). Identity equality.
 *
 * <p>{@code shape} has four dimensions N, H, W, C. An alias has the elements and the memory of another value under
 * another shape.
 */
public final class Value {
  private final int id;
  private final String name;
  private final Shape shape;
  private final Storage storage;
  private final TensorType type;
  private final List<Integer> origins;
  private final Value aliasOf;

  /**
   * A value of its own.
   *
   * @param id  position among the program's values
   * @param name  the tensor's name in the source: untrusted text
   * @param type  as the model types it, with the model's own shape
   * @param origins  source operators whose output this is
   */
  public Value(int id, String name, Shape shape, TensorType type, List<Integer> origins) {
    this(id, name, shape, type, origins, null);
  }

  private Value(int id, String name, Shape shape, TensorType type, List<Integer> origins, Value aliasOf) {
    if (shape.rank() != 4 || shape.elements() != type.shape().elements()) {
      throw new IllegalArgumentException("shape " + shape + " for a tensor of " + type.shape());
    }
    this.id = id;
    this.name = name;
    this.shape = shape;
    this.storage = storageOf(type.element());
    this.type = type;
    this.origins = List.copyOf(origins);
    this.aliasOf = aliasOf;
  }

  /** The same elements under another shape and type. */
  public static Value alias(int id, Value of, String name, Shape shape, TensorType type, List<Integer> origins) {
    return new Value(id, name, shape, type, origins, of);
  }

  private static Storage storageOf(ElementType element) {
    return switch (element) {
      case I8, U8 -> Storage.I8;
      case F32 -> Storage.F32;
      case I32 -> Storage.I32;
      case I16 -> Storage.I16;
      case I64 -> throw new IllegalArgumentException(element.text() + " has no storage");
    };
  }

  public int id() {
    return id;
  }

  public String name() {
    return name;
  }

  /** N, H, W, C. */
  public Shape shape() {
    return shape;
  }

  public int n() {
    return shape.dim(0);
  }

  public int h() {
    return shape.dim(1);
  }

  public int w() {
    return shape.dim(2);
  }

  public int c() {
    return shape.dim(3);
  }

  /** N * H * W. */
  public int pixels() {
    return n() * h() * w();
  }

  public Storage storage() {
    return storage;
  }

  /** As the model types it. */
  public TensorType type() {
    return type;
  }

  /** Whether the model's codes are unsigned: a stored code is the model's minus 128. */
  public boolean recentred() {
    return type.element() == ElementType.U8;
  }

  public List<Integer> origins() {
    return origins;
  }

  public Optional<Value> aliasOf() {
    return Optional.ofNullable(aliasOf);
  }

  /** The value that owns the memory: this one, or what it is an alias of. */
  public Value root() {
    return aliasOf == null ? this : aliasOf.root();
  }

  public int sizeBytes() {
    return Math.multiplyExact(shape.elements(), storage.sizeBytes());
  }

  @Override
  public String toString() {
    return "v" + id + ":" + shape;
  }
}
