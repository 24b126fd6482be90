package io.bitwright.ir.graph.text;

import io.bitwright.ir.type.ElementType;
import io.bitwright.ir.type.RealText;
import io.bitwright.ir.type.TensorData;
import io.bitwright.ir.type.TensorType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Contents of constants as text: a pool entry {@code @digest}, {@code splat(v)}, {@code iota}, {@code iota(first)},
 * {@code seeded(n)} or a list {@code [1, 2, 3]}. Reading what was written gives equal contents.
 */
final class ConstantText {
  private static final int MOST_INLINE = 16;
  private static final int MOST_GENERATED = 1 << 20;

  private ConstantText() {}

  /** The contents; those too long for a line go to the pool. */
  static String write(TensorData data, Map<String, TensorData> pool) {
    int n = data.elements();
    boolean readable = data.element() != ElementType.F32 || IntStream.range(0, n).noneMatch(i -> isNan(data, i));
    if (readable && n > 1 && n <= MOST_GENERATED && isSplat(data)) {
      return "splat(" + element(data, 0) + ")";
    }
    if (readable && n <= MOST_INLINE) {
      return IntStream.range(0, n).mapToObj(i -> element(data, i)).collect(Collectors.joining(", ", "[", "]"));
    }
    String digest = data.digest();
    pool.put(digest, data);
    return "@" + digest;
  }

  private static boolean isNan(TensorData data, int index) {
    return Float.isNaN(data.real(index));
  }

  private static boolean isSplat(TensorData data) {
    ByteBuffer raw = data.view();
    int step = data.element().sizeBytes();
    for (int i = step; i < raw.limit(); i++) {
      if (raw.get(i) != raw.get(i - step)) {
        return false;
      }
    }
    return true;
  }

  private static String element(TensorData data, int index) {
    return data.element() == ElementType.F32 ? RealText.of(data.real(index)) : String.valueOf(data.code(index));
  }

  /** Contents whose text comes next, for a tensor of that type. */
  static Content read(TextScanner scanner, Map<String, TensorData> pool) {
    int at = scanner.position();
    if (scanner.at('@')) {
      TensorData data = pooled(scanner, pool);
      return type -> data;
    }
    if (scanner.at('[')) {
      List<String> words = list(scanner);
      return type -> listed(scanner, at, type.element(), words);
    }
    String word = scanner.word("the contents of a constant");
    return switch (word) {
      case "splat" -> splat(scanner, at, argument(scanner));
      case "iota" -> iota(scanner, at, scanner.at('(') ? longOf(scanner, at, argument(scanner)) : 0);
      case "seeded" -> seeded(scanner, at, longOf(scanner, at, argument(scanner)));
      default -> throw scanner.unknown(at, "constant generator", word);
    };
  }

  /** Contents still to be given an element type and a size. */
  @FunctionalInterface
  interface Content {
    TensorData of(TensorType type);
  }

  /** The pool entry whose {@code @name} comes next. */
  static TensorData pooled(TextScanner scanner, Map<String, TensorData> pool) {
    int at = scanner.position();
    scanner.expect('@');
    String name = scanner.word("the name of a constant");
    TensorData data = pool.get(name);
    if (data == null) {
      throw scanner.unknown(at, "constant", name);
    }
    return data;
  }

  private static List<String> list(TextScanner scanner) {
    List<String> words = new ArrayList<>();
    scanner.expect('[');
    if (!scanner.at(']')) {
      do {
        words.add(scanner.bare("a number"));
      } while (scanner.take(','));
    }
    scanner.expect(']');
    return words;
  }

  private static String argument(TextScanner scanner) {
    scanner.expect('(');
    String word = scanner.bare("a number");
    scanner.expect(')');
    return word;
  }

  private static long longOf(TextScanner scanner, int at, String word) {
    try {
      return Long.parseLong(word);
    } catch (NumberFormatException e) {
      throw scanner.syntax(at, "expected an integer instead of '" + word + "'");
    }
  }

  private static TensorData listed(TextScanner scanner, int at, ElementType element, List<String> words) {
    ByteBuffer buffer = allocate(element, words.size());
    words.forEach(word -> put(scanner, at, buffer, element, word));
    return TensorData.ofRaw(element, buffer.array());
  }

  private static Content splat(TextScanner scanner, int at, String word) {
    return type -> {
      ByteBuffer buffer = allocate(type.element(), generated(scanner, at, type));
      while (buffer.hasRemaining()) {
        put(scanner, at, buffer, type.element(), word);
      }
      return TensorData.ofRaw(type.element(), buffer.array());
    };
  }

  private static Content iota(TextScanner scanner, int at, long first) {
    return type -> {
      ByteBuffer buffer = allocate(type.element(), generated(scanner, at, type));
      for (long v = first; buffer.hasRemaining(); v++) {
        putCode(buffer, type.element(), v);
      }
      return TensorData.ofRaw(type.element(), buffer.array());
    };
  }

  private static Content seeded(TextScanner scanner, int at, long seed) {
    return type -> {
      ByteBuffer buffer = allocate(type.element(), generated(scanner, at, type));
      Random random = new Random(seed);
      while (buffer.hasRemaining()) {
        switch (type.element()) {
          case F32 -> buffer.putFloat((random.nextInt(257) - 128) / 64f);
          case I8 -> putCode(buffer, type.element(), random.nextInt(255) - 127L);
          case U8 -> putCode(buffer, type.element(), random.nextInt(256));
          case I16, I32, I64 -> putCode(buffer, type.element(), random.nextInt(8193) - 4096L);
        }
      }
      return TensorData.ofRaw(type.element(), buffer.array());
    };
  }

  private static int generated(TextScanner scanner, int at, TensorType type) {
    int n = type.shape().elements();
    if (n > MOST_GENERATED) {
      throw scanner.syntax(at, "a generated constant has at most " + MOST_GENERATED + " elements, not " + n);
    }
    return n;
  }

  private static ByteBuffer allocate(ElementType element, int n) {
    return ByteBuffer.allocate(n * element.sizeBytes()).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static void put(TextScanner scanner, int at, ByteBuffer buffer, ElementType element, String word) {
    if (element == ElementType.F32) {
      buffer.putFloat(realOf(scanner, at, word));
      return;
    }
    long code = longOf(scanner, at, word);
    if (code < element.min() || code > element.max()) {
      throw scanner.syntax(at, code + " is not a code of " + element.text());
    }
    putCode(buffer, element, code);
  }

  private static float realOf(TextScanner scanner, int at, String word) {
    switch (word) {
      case "inf":
        return Float.POSITIVE_INFINITY;
      case "-inf":
        return Float.NEGATIVE_INFINITY;
      default:
        try {
          return Float.parseFloat(word);
        } catch (NumberFormatException e) {
          throw scanner.syntax(at, "expected a number instead of '" + word + "'");
        }
    }
  }

  /** The low bits of the code; f32 takes its value. */
  private static void putCode(ByteBuffer buffer, ElementType element, long code) {
    switch (element) {
      case I8, U8 -> buffer.put((byte) code);
      case I16 -> buffer.putShort((short) code);
      case I32 -> buffer.putInt((int) code);
      case I64 -> buffer.putLong(code);
      case F32 -> buffer.putFloat(code);
    }
  }
}
