package io.bitwright.frontend.tflite.export;

import com.google.flatbuffers.FlatBufferBuilder;
import io.bitwright.frontend.tflite.schema.OptionTypes;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The options of an operator: the number of their table in the schema's union, and its fields. */
final class Options {
  static final Options NONE = new Options(OptionTypes.NONE, List.of());

  private final int type;
  private final List<Consumer<FlatBufferBuilder>> fields;

  private Options(int type, List<Consumer<FlatBufferBuilder>> fields) {
    this.type = type;
    this.fields = fields;
  }

  /** A table without fields. */
  static Options of(int type) {
    return new Options(type, List.of());
  }

  int type() {
    return type;
  }

  private Options with(Consumer<FlatBufferBuilder> field) {
    List<Consumer<FlatBufferBuilder>> more = new ArrayList<>(fields);
    more.add(field);
    return new Options(type, more);
  }

  /** An enumeration of one byte. */
  Options u8(int slot, int value) {
    return with(b -> b.addByte(slot, (byte) value, 0));
  }

  Options i32(int slot, int value) {
    return with(b -> b.addInt(slot, value, 0));
  }

  Options f32(int slot, float value) {
    return with(b -> b.addFloat(slot, value, 0));
  }

  Options flag(int slot, boolean value) {
    return with(b -> b.addBoolean(slot, value, false));
  }

  /** Writes the table; gives its offset. */
  int write(FlatBufferBuilder builder, int slots) {
    builder.startTable(slots);
    fields.forEach(f -> f.accept(builder));
    return builder.endTable();
  }
}
