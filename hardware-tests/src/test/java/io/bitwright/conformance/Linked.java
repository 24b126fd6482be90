package io.bitwright.conformance;

import io.bitwright.ir.kernel.Value;
import io.bitwright.ir.memory.MemoryPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A case that is to be linked into a program together with others.
 *
 * @param symbol  a C identifier that no other of the program has
 */
public record Linked(String symbol, MemoryPlan plan, Case expected) {
  /** Under the plan, named after the case. */
  public static Linked of(Case expected, MemoryPlan plan) {
    return new Linked(expected.name().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "_"), plan, expected);
  }

  /** C that fills the arena, reads the inputs, runs and writes the outputs. */
  String driver() {
    String arena = symbol + "_memory";
    List<String> lines = new ArrayList<>();
    String macro = symbol.toUpperCase(Locale.ROOT);
    lines.add("static " + macro + "_ALIGNED uint8_t " + arena + "[" + macro + "_ARENA_BYTES];");
    lines.add("static void run_" + symbol + "(void)");
    lines.add("{");
    lines.add("    fill(" + arena + ", sizeof " + arena + ");");
    for (String port : ports(plan.program().inputs(), "input")) {
      lines.add("    take(" + symbol + "_" + port + "(" + arena + "), " + bytes(macro, port) + ");");
    }
    lines.add("    " + symbol + "_invoke(" + arena + ");");
    for (String port : ports(plan.program().outputs(), "output")) {
      lines.add("    give(" + symbol + "_" + port + "(" + arena + "), " + bytes(macro, port) + ");");
    }
    lines.add("}");
    return String.join("\n", lines) + "\n";
  }

  private static String bytes(String macro, String port) {
    return macro + "_" + port.toUpperCase(Locale.ROOT) + "_BYTES";
  }

  private static List<String> ports(List<Value> values, String label) {
    List<String> ports = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      ports.add(values.size() == 1 ? label : label + i);
    }
    return ports;
  }
}
