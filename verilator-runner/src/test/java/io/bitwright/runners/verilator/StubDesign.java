package io.bitwright.runners.verilator;

import io.bitwright.boards.Board;
import io.bitwright.ir.diag.SourceLocation;
import io.bitwright.ir.kernel.Kernel;
import io.bitwright.ir.kernel.Program;
import io.bitwright.ir.kernel.Schedule;
import io.bitwright.ir.kernel.Value;
import io.bitwright.ir.memory.MemoryPlanner;
import io.bitwright.ir.type.ElementType;
import io.bitwright.ir.type.Shape;
import io.bitwright.ir.type.TensorData;
import io.bitwright.ir.type.TensorType;
import io.bitwright.runners.RunRequest;
import io.bitwright.runners.SimulationOptions;
import io.bitwright.target.EmitRequest;
import io.bitwright.target.HardwareOptions;
import io.bitwright.target.OutputTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;

/**
 * A hand-written accelerator of one table look-up that adds 1, of 2 x 2 pixels, with the ports of docs/dataflow.md: two
 * FIFOs of two beats and the adder between them, all channels of a pixel a beat.
 *
 * @param fault  what is wrong with it: a condition that stands in for one of its signals, or nothing
 */
record StubDesign(int channels, ElementType element, Fault fault) {
  static final int PIXELS = 4;

  enum Fault {
    NONE,
    /** Takes back an offered beat that is not taken at once. */
    WITHDRAWS,
    /** Takes three beats and no more. */
    HANGS,
    /** Is no SystemVerilog. */
    SYNTAX,
    /** Gives a beat once all is done. */
    EXTRA
  }

  private static final String FIFO = """
      module fifo #(parameter W = 8) (input clock, reset, in_valid, output in_ready, input [W-1:0] in_bits,
          output out_valid, input out_ready, output [W-1:0] out_bits,
          output fire, output [1:0] count, output blocked);
        reg [W-1:0] first, second;
        reg [1:0] n;
        assign in_ready = n != 2;
        assign out_valid = n != 0;
        assign out_bits = first;
        assign fire = out_valid & out_ready;
        assign count = n;
        assign blocked = in_valid & ~in_ready;
        wire put = in_valid & in_ready;
        always @(posedge clock) begin
          if (reset) n <= 0;
          else n <= n + {1'b0, put} - {1'b0, fire};
          if (fire) first <= n == 2 ? second : in_bits;
          else if (put && n == 0) first <= in_bits;
          if (put) second <= in_bits;
        end
      endmodule
      """;

  private static final String TOP = """
      module net (input clock, reset, input ifm_valid, output ifm_ready, input [$H:0] ifm_bits,
          output ofm_valid, input ofm_ready, output [$H:0] ofm_bits$PROBES);
        wire valid, ready, takes, f0, f1, b0, b1;
        wire [$H:0] from, to, last;
        wire [1:0] c0, c1;
        reg [15:0] taken, given;
        reg refused;
        always @(posedge clock) begin
          taken <= reset ? 16'd0 : taken + {15'd0, ifm_valid & ifm_ready};
          given <= reset ? 16'd0 : given + {15'd0, valid & ready};
          refused <= ~reset & ofm_valid & ~ofm_ready;
        end
        assign ifm_ready = takes & ($TAKES);
        fifo #(.W($W)) in_fifo(clock, reset, ifm_valid & ($TAKES), takes, ifm_bits, valid, ready, from, f0, c0, b0);
        genvar i;
        generate for (i = 0; i < $N; i = i + 1) begin : lane
          assign to[8*i +: 8] = from[8*i +: 8] + 8'd1;
        end endgenerate
        wire offered;
        fifo #(.W($W)) out_fifo(clock, reset, valid, ready, to, offered, ofm_ready, last, f1, c1, b1);
        assign ofm_bits = last;
        assign ofm_valid = $VALID;
      $ASSIGNS
      endmodule
      """;

  private static final String PROBES = """
      ,
          output probe_0_fire, output [$H:0] probe_0_bits, output [1:0] probe_0_count, output probe_0_blocked,
          output probe_1_fire, output [$H:0] probe_1_bits, output [1:0] probe_1_count, output probe_1_blocked""";

  private static final String ASSIGNS = """
        assign probe_0_fire = f0;
        assign probe_0_bits = from;
        assign probe_0_count = c0;
        assign probe_0_blocked = b0;
        assign probe_1_fire = f1;
        assign probe_1_bits = last;
        assign probe_1_count = c1;
        assign probe_1_blocked = b1;
      """;

  private String source(boolean probes) {
    return (FIFO + TOP).replace("$PROBES", probes ? PROBES : "").replace("$ASSIGNS", probes ? ASSIGNS : "")
        .replace("$TAKES", fault == Fault.HANGS ? "taken < 3" : "1'b1")
        .replace("$VALID", switch (fault) {
          case WITHDRAWS -> "offered & ~refused";
          case EXTRA -> "offered | given == 4";
          default -> "offered";
        })
        .replace("$H", String.valueOf(8 * channels - 1)).replace("$W", String.valueOf(8 * channels))
        .replace("$N", String.valueOf(channels)) + (fault == Fault.SYNTAX ? "endmodule nonsense\n" : "");
  }

  private Program program() {
    TensorType type = TensorType.quantized(Shape.of(1, 2, 2, channels), element, 1, 0);
    Shape shape = Shape.of(1, 2, 2, channels);
    Value in = new Value(0, "x", shape, type, List.of());
    Value out = new Value(1, "y", shape, type, List.of(0));
    byte[] table = new byte[256];
    for (int i = 0; i < table.length; i++) {
      table[i] = (byte) (i - 128 + 1);
    }
    Kernel kernel = new Kernel.Table(new Kernel.Header("table", SourceLocation.NONE, List.of(in), out),
        TensorData.ofBytes(table));
    return new Program("net", List.of(in, out), List.of(kernel), List.of(in), List.of(out));
  }

  /** Frames of random codes. */
  List<List<byte[]>> frames(int count) {
    Random random = new Random(1);
    List<List<byte[]>> frames = new ArrayList<>();
    for (int f = 0; f < count; f++) {
      byte[] codes = new byte[PIXELS * channels];
      random.nextBytes(codes);
      frames.add(List.of(codes));
    }
    return frames;
  }

  /** What a design without a fault gives; stored codes wrap, and so do the model's. */
  static byte[] expected(byte[] codes) {
    byte[] expected = codes.clone();
    for (int i = 0; i < expected.length; i++) {
      expected[i]++;
    }
    return expected;
  }

  RunRequest request(int frames, boolean layers, SimulationOptions options) {
    boolean probes = layers || options.needsProbes();
    Program program = program();
    Board board = new Board("fpga", "fpga", "fpga", 1, Optional.empty(), "", "", "");
    EmitRequest emitted = new EmitRequest("net", "net", MemoryPlanner.plan(program, Schedule.trivial(program)), board,
        Optional.empty(), new HardwareOptions(OptionalInt.of(1), HardwareOptions.DEFAULT.pragmas(), probes));
    OutputTree tree = new OutputTree.Builder().add("rtl/net.sv", source(probes)).add("rtl/files.f", "rtl/net.sv\n").build();
    return new RunRequest(emitted, tree, frames(frames), layers, options, line -> { });
  }

  RunRequest request(int frames) {
    return request(frames, false, SimulationOptions.DEFAULT);
  }

  static SimulationOptions stalls(long seed) {
    return new SimulationOptions(OptionalLong.of(seed), false, Optional.empty(), OptionalLong.empty());
  }
}
