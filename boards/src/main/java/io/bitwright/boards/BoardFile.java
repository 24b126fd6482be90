package io.bitwright.boards;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.bitwright.boards.Board.Memory;
import io.bitwright.ir.diag.DiagnosticException;
import io.bitwright.ir.diag.DiagnosticId;
import io.bitwright.ir.diag.Diagnostics;
import io.bitwright.ir.diag.SourceLocation;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/**
 * Reads one board description (docs/adding-a-board.md). Reports everything that is wrong with it, then stops; a key it
 * does not know is wrong too.
 */
final class BoardFile {
  private static final Set<String> KEYS =
      Set.of("name", "title", "core", "clockHz", "memory", "toolchain", "flags", "flashing", "fabric", "source");
  private static final Set<String> MEMORY_KEYS = Set.of("flashBytes", "ramBytes", "note");
  private static final Set<String> FABRIC_KEYS = Set.of("family", "luts", "dspBlocks", "blockRams");
  private static final long LARGEST = 1L << 40;
  private static final long MOST_BLOCKS = 1L << 24;

  private final SourceLocation location;
  private final Diagnostics diagnostics = new Diagnostics();

  private BoardFile(String file) {
    this.location = new SourceLocation(file, 0, 0, "");
  }

  /**
   * Reads a description.
   *
   * @param file  the file's name for messages
   * @throws DiagnosticException if the text is no valid description
   */
  static BoardDescription parse(String file, String text) {
    return new BoardFile(file).parse(text);
  }

  private BoardDescription parse(String text) {
    JsonObject json = object(text);
    requireKnown(json, KEYS, "");
    Optional<JsonObject> memory = objectOf(json, "memory");
    memory.ifPresent(m -> requireKnown(m, MEMORY_KEYS, "memory."));
    Board board = new Board(text(json, "name"), text(json, "title"), text(json, "core"), number(json, "clockHz", 0),
        memory.map(m -> new Memory(number(m, "flashBytes", 1), number(m, "ramBytes", 1))), text(json, "toolchain"),
        text(json, "flags"), text(json, "flashing"), objectOf(json, "fabric").map(this::fabric));
    String note = memory.map(m -> text(m, "note")).orElse("");
    String source = text(json, "source");
    if (!board.name().matches("[a-z0-9][a-z0-9-]*")) {
      wrong("name '" + board.name() + "' must be lower-case letters, digits and '-'");
    }
    diagnostics.throwIfErrors();
    return new BoardDescription(board, note, source);
  }

  private JsonObject object(String text) {
    try {
      JsonElement json = JsonParser.parseString(text);
      if (json.isJsonObject()) {
        return json.getAsJsonObject();
      }
      wrong("a board description is one JSON object");
    } catch (JsonParseException | StackOverflowError e) {
      wrong("not JSON: " + firstLine(e));
    }
    throw new DiagnosticException(diagnostics.all());
  }

  private static String firstLine(Throwable e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("nested too deeply");
  }

  private Optional<JsonObject> objectOf(JsonObject json, String key) {
    if (!json.has(key)) {
      return Optional.empty();
    }
    if (!json.get(key).isJsonObject()) {
      wrong("'" + key + "' must be an object");
      return Optional.empty();
    }
    return Optional.of(json.getAsJsonObject(key));
  }

  private Fabric fabric(JsonObject json) {
    requireKnown(json, FABRIC_KEYS, "fabric.");
    String text = text(json, "family");
    Optional<Fabric.Family> family =
        Arrays.stream(Fabric.Family.values()).filter(f -> f.text().equals(text)).findFirst();
    if (family.isEmpty()) {
      wrong("'family' must be one of " + String.join(", ", Fabric.Family.texts()));
    }
    return new Fabric(family.orElse(Fabric.Family.ECP5), blocks(json, "luts"), blocks(json, "dspBlocks"),
        blocks(json, "blockRams"));
  }

  private int blocks(JsonObject json, String key) {
    long number = number(json, key, 1);
    if (number > MOST_BLOCKS) {
      wrong("'" + key + "' must be at most " + MOST_BLOCKS);
    }
    return (int) Math.min(number, MOST_BLOCKS);
  }

  private void requireKnown(JsonObject json, Set<String> known, String prefix) {
    json.keySet().stream().filter(key -> !known.contains(key))
        .forEach(key -> wrong("unknown key '" + prefix + key + "'"));
  }

  private String text(JsonObject json, String key) {
    JsonElement value = json.get(key);
    if (value != null && value.isJsonPrimitive() && value.getAsJsonPrimitive().isString()
        && !value.getAsString().isBlank() && value.getAsString().chars().noneMatch(Character::isISOControl)) {
      return value.getAsString();
    }
    wrong("'" + key + "' must be a line of text");
    return "?";
  }

  private long number(JsonObject json, String key, long smallest) {
    JsonElement value = json.get(key);
    if (value != null && value.isJsonPrimitive() && value.getAsJsonPrimitive().isNumber()) {
      String digits = value.getAsString();
      if (digits.matches("[0-9]{1,13}") && Long.parseLong(digits) >= smallest && Long.parseLong(digits) <= LARGEST) {
        return Long.parseLong(digits);
      }
    }
    wrong("'" + key + "' must be an integer from " + smallest + " to " + LARGEST);
    return smallest;
  }

  private void wrong(String what) {
    diagnostics.report(DiagnosticId.MALFORMED_FILE, location, what);
  }
}
