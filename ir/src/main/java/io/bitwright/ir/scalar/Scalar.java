package io.bitwright.ir.scalar;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A straight-line program over exact integers and f32: the meaning of what a kernel computes per element.
 *
 * <p>Values are in single assignment and in order of use; every integer value carries an interval that holds all its
 * results for inputs within theirs. Built by {@link ScalarBuilder} only.
 */
public final class Scalar {
  /** What a value is. */
  public enum Kind {
    INT,
    F32
  }

  /** One value. Identity equality; {@code id} is its position in {@link #values()}. */
  public static final class Value {
    private final int id;
    private final Opcode opcode;
    private final Kind kind;
    private final List<Value> args;
    private final long immediate;
    private final float real;
    private final LookupTable table;
    private final String name;
    private final Interval interval;

    Value(int id, Opcode opcode, Kind kind, List<Value> args, Payload payload, Interval interval) {
      this.id = id;
      this.opcode = opcode;
      this.kind = kind;
      this.args = List.copyOf(args);
      this.immediate = payload.immediate();
      this.real = payload.real();
      this.table = payload.table();
      this.name = payload.name();
      this.interval = interval;
    }

    public int id() {
      return id;
    }

    public Opcode opcode() {
      return opcode;
    }

    public Kind kind() {
      return kind;
    }

    public boolean isReal() {
      return kind == Kind.F32;
    }

    public List<Value> args() {
      return args;
    }

    public Value arg(int index) {
      return args.get(index);
    }

    /** Of CONST: the value; of LOW_BITS: how many. */
    public long immediate() {
      return immediate;
    }

    /** Of F_CONST: the value. */
    public float real() {
      return real;
    }

    /** Of LOOKUP: the table. */
    public LookupTable table() {
      if (table == null) {
        throw new IllegalStateException(opcode + " has no table");
      }
      return table;
    }

    /** Of INPUT: its name, a legal C identifier. */
    public String name() {
      return name;
    }

    /** All possible results of an integer value. */
    public Interval interval() {
      if (isReal()) {
        throw new IllegalStateException("an f32 value has no interval");
      }
      return interval;
    }

    public boolean isConst() {
      return opcode == Opcode.CONST || opcode == Opcode.F_CONST;
    }
  }

  /** What an opcode carries besides operands. */
  record Payload(long immediate, float real, LookupTable table, String name) {
    static final Payload NONE = new Payload(0, 0, null, "");

    static Payload integer(long immediate) {
      return new Payload(immediate, 0, null, "");
    }
  }

  private final List<Value> inputs;
  private final List<Value> values;
  private final List<Value> results;

  Scalar(List<Value> inputs, List<Value> values, List<Value> results) {
    this.inputs = List.copyOf(inputs);
    this.values = List.copyOf(values);
    this.results = List.copyOf(results);
  }

  /** Inputs in the order they are fed, used or not. */
  public List<Value> inputs() {
    return inputs;
  }

  /** Inputs and every value a result depends on, operands first. */
  public List<Value> values() {
    return values;
  }

  public List<Value> results() {
    return results;
  }

  /** The only result. */
  public Value result() {
    if (results.size() != 1) {
      throw new IllegalStateException(results.size() + " results");
    }
    return results.get(0);
  }

  /** Whether any result depends on the input. */
  public boolean uses(int input) {
    Value value = inputs.get(input);
    return results.contains(value) || values.stream().anyMatch(v -> v.args().contains(value));
  }

  /** Whether some value is f32. */
  public boolean hasReals() {
    return values.stream().anyMatch(Value::isReal);
  }

  /** The tables looked up, without repetition. */
  public List<LookupTable> tables() {
    return values.stream().filter(v -> v.opcode() == Opcode.LOOKUP).map(Value::table).distinct().toList();
  }

  /** One line a value, for people and golden tests. */
  @Override
  public String toString() {
    return values.stream().map(Scalar::line).collect(Collectors.joining("\n")) + "\nreturn "
        + results.stream().map(v -> "%" + v.id()).collect(Collectors.joining(", "));
  }

  private static String line(Value v) {
    String args = v.args().stream().map(a -> " %" + a.id()).collect(Collectors.joining(","));
    String extra = switch (v.opcode()) {
      case INPUT -> " " + v.name();
      case CONST, LOW_BITS -> " " + v.immediate();
      case F_CONST -> " " + v.real();
      case LOOKUP -> " " + v.table().name();
      default -> "";
    };
    String range = v.isReal() ? "f32" : v.interval().toString();
    return "%" + v.id() + " = " + v.opcode().name().toLowerCase(java.util.Locale.ROOT) + args + extra + " : " + range;
  }
}
