package io.bitwright.runners.synthesis;

import io.bitwright.boards.Fabric.Family;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Adds up the cells of a netlist. Look-up tables by cell: Lattice FPGA-TN-02203 (a carry cell is two, a 16 x 4 memory takes
 * four and two more for its write port); AMD UG474 (a 7-series RAM32M or RAM64M is a slice's four, a dual-port bit two, a
 * shift register one; the carry chain's own tables appear as LUT cells).
 */
final class CellCounts {
  private static final Map<String, Integer> ECP5_LUTS = Map.of("LUT4", 1, "CCU2C", 2, "TRELLIS_DPR16X4", 6);
  private static final Map<String, Integer> XILINX_LUTS = Map.ofEntries(Map.entry("LUT1", 1), Map.entry("LUT2", 1),
      Map.entry("LUT3", 1), Map.entry("LUT4", 1), Map.entry("LUT5", 1), Map.entry("LUT6", 1), Map.entry("LUT6_2", 1),
      Map.entry("RAM32M", 4), Map.entry("RAM64M", 4), Map.entry("RAM32M16", 8), Map.entry("RAM64M8", 8),
      Map.entry("RAM32X1D", 2), Map.entry("RAM64X1D", 2), Map.entry("RAM128X1D", 4), Map.entry("RAM256X1D", 8),
      Map.entry("RAM32X1S", 1), Map.entry("RAM64X1S", 1), Map.entry("RAM128X1S", 2), Map.entry("RAM256X1S", 4),
      Map.entry("RAM512X1S", 8), Map.entry("SRL16E", 1), Map.entry("SRLC32E", 1));
  private static final Pattern FLIP_FLOP = Pattern.compile("TRELLIS_FF|FD[RSCP]E(_1)?");
  private static final Pattern DSP = Pattern.compile("MULT18X18D|DSP48E[12]");
  private static final Pattern BLOCK_RAM = Pattern.compile("DP16KD|PDPW16KD|RAMB18E[12]");
  private static final Pattern DOUBLE_BLOCK_RAM = Pattern.compile("RAMB36E[12]");
  private static final Pattern CELL = Pattern.compile("\"([\\w$\\\\.=]+)\"\\s*:\\s*(\\d+)");
  private static final String DESIGN = "\"design\"";
  private static final String CELLS = "\"num_cells_by_type\"";

  private CellCounts() {}

  /**
   * Reads what yosys' {@code stat -json} printed: the whole design's cells by type, an object of numbers.
   *
   * @throws IllegalStateException if it holds no design
   */
  static SortedMap<String, Long> read(String json) {
    int start = json.indexOf(CELLS, Math.max(0, json.lastIndexOf(DESIGN)));
    int end = json.indexOf('}', Math.max(0, start));
    if (start < 0 || end < 0) {
      throw new IllegalStateException("no " + CELLS + " in what yosys printed");
    }
    SortedMap<String, Long> cells = new TreeMap<>();
    Matcher cell = CELL.matcher(json.substring(start + CELLS.length(), end));
    while (cell.find()) {
      cells.put(cell.group(1), Long.parseLong(cell.group(2)));
    }
    return cells;
  }

  static SynthesisFigures add(SortedMap<String, Long> cells, Family family) {
    Map<String, Integer> luts = family == Family.ECP5 ? ECP5_LUTS : XILINX_LUTS;
    long tables = cells.entrySet().stream().mapToLong(c -> c.getValue() * luts.getOrDefault(c.getKey(), 0)).sum();
    return new SynthesisFigures(tables, count(cells, FLIP_FLOP), count(cells, DSP),
        count(cells, BLOCK_RAM) + 2 * count(cells, DOUBLE_BLOCK_RAM), cells);
  }

  private static long count(SortedMap<String, Long> cells, Pattern type) {
    return cells.entrySet().stream().filter(c -> type.matcher(c.getKey()).matches()).mapToLong(Map.Entry::getValue).sum();
  }
}
