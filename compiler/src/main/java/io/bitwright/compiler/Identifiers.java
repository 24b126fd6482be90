package io.bitwright.compiler;

import java.util.Locale;
import java.util.Set;

/** Makes legal C identifiers of untrusted names. */
public final class Identifiers {
  private static final int LONGEST = 40;
  /** How the names of modules begin that all designs share. */
  private static final String PRIMITIVES = "bw_";
  /** Words of C and C++ that a lower-case name may meet, and names that a generated tree uses. */
  private static final Set<String> TAKEN = Set.of("alignas", "alignof", "and", "asm", "auto", "bool", "break", "case",
      "catch", "char", "class", "const", "constexpr", "continue", "default", "delete", "do", "double", "else", "enum",
      "errno", "explicit", "export", "extern", "false", "float", "for", "friend", "goto", "if", "inline", "int", "long",
      "main", "module", "mutable", "namespace", "new", "not", "nullptr", "operator", "or", "private", "protected",
      "public", "register", "restrict", "return", "short", "signed", "sizeof", "static", "struct", "switch", "template",
      "this", "throw", "true", "try", "typedef", "typename", "union", "unsigned", "using", "virtual", "void",
      "volatile", "while", "xor");

  /** Words of SystemVerilog and of its library of modules likewise. */
  private static final Set<String> TAKEN_IN_VERILOG = Set.of("accept_on", "alias", "always", "always_comb",
      "always_ff", "always_latch", "assert", "assign", "assume", "automatic", "before", "begin", "bind", "bins",
      "binsof", "bit", "buf", "bufif0", "bufif1", "byte", "casex", "casez", "cell", "chandle", "checker", "clocking",
      "cmos", "config", "constraint", "context", "cover", "covergroup", "coverpoint", "cross", "deassign", "defparam",
      "design", "disable", "dist", "edge", "end", "endcase", "endmodule", "event", "eventually", "expect", "extends",
      "final", "first_match", "force", "foreach", "forever", "fork", "function", "generate", "genvar", "global",
      "highz0", "highz1", "iff", "ifnone", "illegal_bins", "implements", "implies", "import", "incdir", "include",
      "initial", "inout", "input", "inside", "instance", "integer", "interconnect", "interface", "intersect", "join",
      "large", "let", "liblist", "library", "local", "localparam", "logic", "longint", "macromodule", "matches",
      "medium", "modport", "nand", "negedge", "nettype", "nexttime", "nmos", "nor", "noshowcancelled",
      "notif0", "notif1", "null", "output", "package", "packed", "parameter", "pmos", "posedge", "primitive",
      "priority", "program", "property", "pull0", "pull1", "pulldown", "pullup", "pure", "rand", "randc",
      "randcase", "randsequence", "rcmos", "real", "realtime", "ref", "reg", "reject_on", "release", "repeat", "rnmos",
      "rpmos", "rtran", "scalared", "sequence", "shortint", "shortreal", "showcancelled", "small", "soft", "solve",
      "specify", "specparam", "strength", "string", "strong", "strong0", "strong1", "super", "supply0", "supply1",
      "table", "tagged", "task", "time", "timeprecision", "timeunit", "tran", "tri", "tri0", "tri1", "triand", "trior",
      "trireg", "type", "unique", "unique0", "until", "untyped", "use", "uwire", "var", "vectored", "wait", "wand",
      "weak", "weak0", "weak1", "wildcard", "wire", "with", "within", "wor", "xnor");

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
    boolean legal = Character.isLetter(plain.charAt(0)) && !TAKEN.contains(plain)
        && !TAKEN_IN_VERILOG.contains(plain) && !plain.startsWith(PRIMITIVES);
    return legal ? plain : "net_" + plain.substring(0, Math.min(plain.length(), LONGEST - 4)).replaceAll("_+$", "");
  }

  /** A file's name without folder and extension. */
  public static String stem(String file) {
    String name = file.substring(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1);
    int dot = name.lastIndexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }
}
