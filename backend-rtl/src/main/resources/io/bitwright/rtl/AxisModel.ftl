// SPDX-License-Identifier: 0BSD
// ${core.name} with AXI4-Stream ports. s_axis_tlast is not needed, since frames have a fixed number of beats;
// m_axis_tlast marks the last beat of a frame.
module ${core.name}_axis (
    input             aclk,
    input             aresetn,
    input  [${core.ifm.bits - 1}:0] s_axis_tdata,
    input             s_axis_tvalid,
    output            s_axis_tready,
    input             s_axis_tlast,
    output [${core.ofm.bits - 1}:0] m_axis_tdata,
    output            m_axis_tvalid,
    input             m_axis_tready,
    output            m_axis_tlast
);
  reg [31:0] beat;

  ${core.name} core (
      .clock    (aclk),
      .reset    (!aresetn),
      .ifm_valid(s_axis_tvalid),
      .ifm_ready(s_axis_tready),
      .ifm_bits (s_axis_tdata),
      .ofm_valid(m_axis_tvalid),
      .ofm_ready(m_axis_tready),
      .ofm_bits (m_axis_tdata)
  );

  assign m_axis_tlast = beat == 32'd${core.ofm.beats - 1};

  always @(posedge aclk) begin
    if (!aresetn) beat <= 32'd0;
    else if (m_axis_tvalid && m_axis_tready) beat <= m_axis_tlast ? 32'd0 : beat + 32'd1;
  end
endmodule
