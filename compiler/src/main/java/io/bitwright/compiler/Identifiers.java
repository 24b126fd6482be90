package io.bitwright.compiler;

import java.util.Locale;
import java.util.Set;

/** Makes legal C identifiers of untrusted names. */
public final class Identifiers {
  private static final int LONGEST = 40;
  /** Words of C and C++ that a lower-case name may meet, and names that a generated tree uses. */
  private static final Set<String> TAKEN = Set.of("alignas", "alignof", "and", "asm", "auto", "bool", "break", "case",
      "catch", "char", "class", "const", "constexpr", "continue", "default", "delete", "do", "double", "else", "enum",
      "errno", "explicit", "export", "extern", "false", "float", "for", "friend", "goto", "if", "inline", "int", "long",
      "main", "module", "mutable", "namespace", "new", "not", "nullptr", "operator", "or", "private", "protected",
      "public", "register", "restrict", "return", "short", "signed", "sizeof", "static", "struct", "switch", "template",
      "this", "throw", "true", "try", "typedef", "typename", "union", "unsigned", "using", "virtual", "void",
      "volatile", "while", "xor");

  private Identifiers() {}

  /**
   * A lower-case identifier for a network: letters, digits and single underscores, at most 40 characters, beginning
   * with a letter; never a keyword.
   */
  public static String ofNetwork(String name) {
    String plain = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "_");
    plain = plain.substring(0, Math.min(plain.length(), LONGEST)).replaceAll("^_+|_+$", "");
    if (plain.isEmpty()) {
      return "network";
    }
    boolean legal = Character.isLetter(plain.charAt(0)) && !TAKEN.contains(plain);
    return legal ? plain : "net_" + plain.substring(0, Math.min(plain.length(), LONGEST - 4)).replaceAll("_+$", "");
  }

  /** A file's name without folder and extension. */
  public static String stem(String file) {
    String name = file.substring(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1);
    int dot = name.lastIndexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }
}
