// SPDX-License-Identifier: 0BSD
// A read-only memory with registered output, filled from a $readmemh image (path relative to the working folder).
module bw_rom #(
    parameter DEPTH = 2,
    parameter WIDTH = 8,
    parameter ADDRESS = 1,
    parameter BLOCK = 0,  // 1: block RAM; 0: look-up tables
    parameter FILE = ""
) (
    input                    clock,
    input                    enable,
    input      [ADDRESS-1:0] address,
    output reg [  WIDTH-1:0] data
);
  generate
    if (BLOCK != 0) begin : g_block
      (* rom_style = "block", ram_style = "block", syn_romstyle = "block_rom" *)
      reg [WIDTH-1:0] words[0:DEPTH-1];
      if (FILE != "") begin : g_fill
        initial $readmemh(FILE, words);
      end
      always @(posedge clock) if (enable) data <= words[address];
    end else begin : g_logic
      reg [WIDTH-1:0] words[0:DEPTH-1];
      if (FILE != "") begin : g_fill
        initial $readmemh(FILE, words);
      end
      always @(posedge clock) if (enable) data <= words[address];
    end
  endgenerate
endmodule
