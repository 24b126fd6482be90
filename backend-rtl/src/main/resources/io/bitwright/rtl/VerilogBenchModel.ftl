// SPDX-License-Identifier: 0BSD
// Feeds ${core.name}_axis the recorded frame three times and compares what it gives.
`timescale 1ns / 1ps
module ${core.name}_tb;
  localparam FRAMES = 3;
  localparam INPUT_BEATS = ${core.ifm.beats};
  localparam OUTPUT_BEATS = ${core.ofm.beats};
  localparam LIMIT = 100000000;

  reg clock = 0;
  reg reset = 1;
  reg [${core.ifm.bits - 1}:0] recorded_input[0:INPUT_BEATS-1];
  reg [${core.ofm.bits - 1}:0] recorded_output[0:OUTPUT_BEATS-1];
  reg ifm_valid = 0;
  reg [${core.ifm.bits - 1}:0] ifm_bits = 0;
  wire ifm_ready;
  wire ofm_valid;
  wire ofm_last;
  wire [${core.ofm.bits - 1}:0] ofm_bits;
  integer sent = 0;
  integer received = 0;
  integer cycle = 0;
  integer frame_end = 0;
  integer wrong = 0;

  ${core.name}_axis dut (
      .aclk         (clock),
      .aresetn      (!reset),
      .s_axis_tdata (ifm_bits),
      .s_axis_tvalid(ifm_valid),
      .s_axis_tready(ifm_ready),
      .s_axis_tlast (1'b0),
      .m_axis_tdata (ofm_bits),
      .m_axis_tvalid(ofm_valid),
      .m_axis_tready(1'b1),
      .m_axis_tlast (ofm_last)
  );

  always #5 clock = !clock;

  initial begin
    $readmemh("tb/input.hex", recorded_input);
    $readmemh("tb/output.hex", recorded_output);
    repeat (4) @(negedge clock);
    reset = 0;
    while (received < FRAMES * OUTPUT_BEATS && cycle < LIMIT) begin
      // Signals change while the clock is low; handshakes are sampled before the rising edge.
      ifm_valid = sent < FRAMES * INPUT_BEATS;
      ifm_bits = recorded_input[sent % INPUT_BEATS];
      #4;
      if (ofm_valid) begin
        if (ofm_bits !== recorded_output[received % OUTPUT_BEATS]) begin
          if (wrong == 0) $display("output beat %0d is %h, not %h", received, ofm_bits,
                                   recorded_output[received % OUTPUT_BEATS]);
          wrong = wrong + 1;
        end
        if (ofm_last !== (received % OUTPUT_BEATS == OUTPUT_BEATS - 1)) begin
          $display("tlast of output beat %0d is wrong", received);
          wrong = wrong + 1;
        end
        received = received + 1;
        if (received % OUTPUT_BEATS == 0) begin
          $display("frame %0d: done after cycle %0d, %0d cycles after the one before", received / OUTPUT_BEATS - 1,
                   cycle + 1, cycle + 1 - frame_end);
          frame_end = cycle + 1;
        end
      end
      if (ifm_valid && ifm_ready) sent = sent + 1;
      cycle = cycle + 1;
      @(negedge clock);
    end
    if (wrong != 0 || received != FRAMES * OUTPUT_BEATS) begin
      $display("${core.name}: FAIL");
      $fatal(1);
    end
    $display("${core.name}: PASS");
    $finish;
  end
endmodule
