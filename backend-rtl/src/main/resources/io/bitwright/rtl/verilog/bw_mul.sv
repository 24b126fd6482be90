// SPDX-License-Identifier: 0BSD
// A signed multiplier, combinational. STYLE "DSP": a hard multiplier; "LUT": partial products added in logic.
module bw_mul #(
    parameter A = 8,
    parameter B = 8,
    parameter STYLE = "DSP"
) (
    input  signed [  A-1:0] a,
    input  signed [  B-1:0] b,
    output signed [A+B-1:0] p
);
  wire signed [A+B-1:0] wide_a = {{B{a[A-1]}}, a};
  generate
    if (STYLE == "DSP") begin : g_dsp
      wire signed [A+B-1:0] wide_b = {{A{b[B-1]}}, b};
      (* use_dsp = "yes", syn_multstyle = "block_mult" *)
      wire signed [A+B-1:0] product;
      assign product = wide_a * wide_b;
      assign p = product;
    end else begin : g_lut
      reg signed [A+B-1:0] sum;
      integer i;
      always @* begin
        sum = {(A + B) {1'b0}} - ({(A + B) {b[B-1]}} & (wide_a <<< (B - 1)));
        for (i = 0; i < B - 1; i = i + 1) sum = sum + ({(A + B) {b[i]}} & (wide_a <<< i));
      end
      assign p = sum;
    end
  endgenerate
endmodule
