package io.bitwright.frontend.onnx.fold;

import io.bitwright.frontend.onnx.proto.AttributeMessage;
import io.bitwright.frontend.onnx.proto.AttributeMessage.Type;
import io.bitwright.frontend.onnx.proto.TensorMessage;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The attributes of one operator. Each getter takes its attribute; what is left over at the end is unknown, so that
 * none is passed over in silence.
 */
public final class Attributes {
  private final Map<String, AttributeMessage> all;
  private final Set<String> taken = new HashSet<>();

  public Attributes(Map<String, AttributeMessage> all) {
    this.all = all;
  }

  /** The first attribute that no getter took. */
  public Optional<String> left() {
    return all.keySet().stream().filter(name -> !taken.contains(name)).findFirst();
  }

  /** Names of those that getters asked for. */
  public Set<String> asked() {
    return taken;
  }

  private Optional<AttributeMessage> take(String name, Type type) {
    taken.add(name);
    Optional<AttributeMessage> found = Optional.ofNullable(all.get(name));
    found.filter(a -> a.type() != type).ifPresent(a -> {
      throw new IllegalArgumentException("attribute " + name + " is of type " + a.type() + " (must be " + type + ")");
    });
    return found;
  }

  public boolean has(String name) {
    return all.containsKey(name);
  }

  /** Takes an attribute that means nothing here. */
  public void ignore(String name) {
    taken.add(name);
  }

  public long integer(String name, long otherwise) {
    return take(name, Type.INT).map(AttributeMessage::integer).orElse(otherwise);
  }

  public Optional<Long> integer(String name) {
    return take(name, Type.INT).map(AttributeMessage::integer);
  }

  public float real(String name, float otherwise) {
    return take(name, Type.FLOAT).map(AttributeMessage::real).orElse(otherwise);
  }

  public String text(String name, String otherwise) {
    return take(name, Type.STRING).map(AttributeMessage::text).orElse(otherwise);
  }

  public Optional<List<Long>> integers(String name) {
    return take(name, Type.INTS).map(AttributeMessage::integers);
  }

  public Optional<List<Float>> reals(String name) {
    return take(name, Type.FLOATS).map(AttributeMessage::reals);
  }

  public Optional<TensorMessage> tensor(String name) {
    return take(name, Type.TENSOR).flatMap(AttributeMessage::tensor);
  }
}
