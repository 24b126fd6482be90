package io.bitwright.runners.synthesis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.bitwright.boards.Fabric.Family;
import io.bitwright.ir.diag.DiagnosticException;
import io.bitwright.ir.diag.DiagnosticId;
import io.bitwright.runners.BuildCache;
import io.bitwright.target.OutputTree;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class YosysTest {
  /** Two products, 32 Kbit of memory, 20 bits of an accumulator each, in a hierarchy. */
  private static final String DESIGN = """
      module mac(input clock, input signed [7:0] a, b, output reg signed [19:0] sum);
        always @(posedge clock) sum <= a * b + sum;
      endmodule
      module net(input clock, input [7:0] a, b, output [19:0] y, z, input we, input [9:0] at, output reg [31:0] q);
        mac first(clock, a, b, y);
        mac second(clock, a, ~b, z);
        reg [31:0] memory[0:1023];
        always @(posedge clock) begin
          if (we) memory[at] <= {a, b, a, b};
          q <= memory[at];
        end
      endmodule
      """;

  @TempDir
  private Path folder;

  private static OutputTree tree(String source) {
    return new OutputTree.Builder().add("rtl/files.f", "rtl/net.sv\n").add("rtl/net.sv", source).build();
  }

  private Yosys yosys(String command) {
    return new Yosys(command, new BuildCache(folder), Duration.ofMinutes(5));
  }

  @ParameterizedTest
  @EnumSource(Family.class)
  @Tag("simulator")
  void blocksAreCounted(Family family) {
    assumeTrue(Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
        .anyMatch(path -> Files.isExecutable(Path.of(path, "yosys"))), "yosys is missing");
    SynthesisFigures figures = yosys("yosys").figures(tree(DESIGN), "net", family, line -> { });
    assertEquals(2, figures.dspBlocks(), figures::toString);
    assertEquals(2, figures.blockRams(), figures::toString);
    // 7-series blocks take the accumulators in.
    assertEquals(family == Family.XC7 ? 0 : 40, figures.flipFlops(), figures::toString);
    assertEquals(figures.flipFlops(), figures.luts(), 8, figures::toString);
    DiagnosticException e = assertThrows(DiagnosticException.class,
        () -> yosys("yosys").figures(tree("module net(input a; endmodule"), "net", family, line -> { }));
    assertEquals(DiagnosticId.TOOL_FAILED, e.diagnostics().get(0).id());
    assertTrue(e.getMessage().contains("syntax error") && e.getMessage().contains("yosys.log"), e.getMessage());
  }

  @Test
  void aMissingYosysIsNamed() {
    DiagnosticException e = assertThrows(DiagnosticException.class,
        () -> yosys("yosys-that-is-not-there").figures(tree(DESIGN), "net", Family.ECP5, line -> { }));
    assertEquals(DiagnosticId.TOOL_MISSING, e.diagnostics().get(0).id());
  }

  @Test
  void cellsCountForWhatTheyOccupy() {
    String ecp5 = """
        {"modules": {"\\\\sub": {"num_cells_by_type": {"LUT4": 1000}}},
         "design": {"num_cells_by_type": {"$scopeinfo": 5, "CCU2C": 20, "LUT4": 8, "PFUMX": 3, "TRELLIS_DPR16X4": 2,
          "TRELLIS_FF": 40, "MULT18X18D": 2, "DP16KD": 1}}}
        """;
    SynthesisFigures figures = CellCounts.add(CellCounts.read(ecp5), Family.ECP5);
    assertEquals(60, figures.luts());
    assertEquals(40, figures.flipFlops());
    assertEquals(2, figures.dspBlocks());
    assertEquals(1, figures.blockRams());
    String xc7 = """
        {"design": {"num_cells_by_type": {"LUT2": 8, "LUT6": 3, "RAM32M": 2, "RAM64X1D": 1, "SRL16E": 1, "CARRY4": 9,
         "FDRE": 7, "FDSE": 1, "DSP48E1": 4, "RAMB18E1": 1, "RAMB36E1": 3, "INV": 5}}}
        """;
    SynthesisFigures xilinx = CellCounts.add(CellCounts.read(xc7), Family.XC7);
    assertEquals(22, xilinx.luts());
    assertEquals(8, xilinx.flipFlops());
    assertEquals(7, xilinx.blockRams());
    assertThrows(IllegalStateException.class, () -> CellCounts.read("{}"));
  }
}
