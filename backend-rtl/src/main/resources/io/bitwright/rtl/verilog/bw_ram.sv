// SPDX-License-Identifier: 0BSD
// A memory with one write port and one read port with registered output. What is read of the word that the same cycle
// writes is not used.
module bw_ram #(
    parameter DEPTH = 2,
    parameter WIDTH = 8,
    parameter ADDRESS = 1,
    parameter BLOCK = 0  // 1: block RAM; 0: look-up tables
) (
    input                    clock,
    input                    write_enable,
    input      [ADDRESS-1:0] write_address,
    input      [  WIDTH-1:0] write_data,
    input                    read_enable,
    input      [ADDRESS-1:0] read_address,
    output reg [  WIDTH-1:0] read_data
);
  generate
    if (BLOCK != 0) begin : g_block
      (* ram_style = "block", syn_ramstyle = "block_ram" *)
      reg [WIDTH-1:0] words[0:DEPTH-1];
      always @(posedge clock) if (write_enable) words[write_address] <= write_data;
      always @(posedge clock) if (read_enable) read_data <= words[read_address];
    end else begin : g_distributed
      (* ram_style = "distributed" *)
      reg [WIDTH-1:0] words[0:DEPTH-1];
      always @(posedge clock) if (write_enable) words[write_address] <= write_data;
      always @(posedge clock) if (read_enable) read_data <= words[read_address];
    end
  endgenerate
endmodule
