package io.bitwright.hls;

import io.bitwright.boards.Board;
import io.bitwright.dataflow.Channel;
import io.bitwright.dataflow.DataflowPlan;
import io.bitwright.dataflow.FeatureMap;
import io.bitwright.dataflow.Stage;
import io.bitwright.hls.NetworkModel.PortModel;
import io.bitwright.hls.SourceModel.Fifo;
import io.bitwright.ir.kernel.Value;
import io.bitwright.target.EmitRequest;
import io.bitwright.target.HardwareOptions.Pragmas;
import io.bitwright.target.OutputTree;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** Builds the complete output model of one network, then renders it. */
final class Emission {
  private static final List<String> COMMON_HEADERS = List.of("bw_pragma.h", "bw_scalar.h", "bw_stream.h");
  /** Lanes: 4,096 bits, the widest element of a stream in Vitis HLS. */
  private static final int WIDEST_BEAT = 512;
  private static final List<String> SIMULATION =
      List.of("ap_axi_sdata.h", "ap_int.h", "bw_simulation.h", "hls_stream.h");

  private final EmitRequest request;
  private final DataflowPlan plan;
  private final Style style;
  private final List<StageModel> stages;
  private final List<TripCounts> trips;
  private final NetworkModel network;

  Emission(EmitRequest request, DataflowPlan plan) {
    this.request = request;
    this.plan = plan;
    String macro = plan.name().toUpperCase(Locale.ROOT);
    this.style = new Style(request.hardware().pragmas(), macro + "_FRAMES");
    this.stages = plan.stages().stream().map(s -> StageModels.of(s, style)).toList();
    this.trips = plan.stages().stream().map(TripCounts::of).toList();
    this.network = network(macro);
  }

  private NetworkModel network(String macro) {
    Board board = request.board();
    Device device = Device.of(board);
    return new NetworkModel(plan.name(), macro, SafeText.of(request.source()), SafeText.of(board.title()),
        port("ifm", plan.program().inputs().get(0), plan.input()),
        port("ofm", plan.program().outputs().get(0), plan.output()),
        plan.macLanes(), stages.size(), trips.stream().mapToLong(TripCounts::more).max().orElseThrow(),
        trips.stream().mapToLong(TripCounts::first).max().orElseThrow(), device.part(), device.periodNs(),
        device.megahertz(), request.selfTest().isPresent(), style.pragmas() == Pragmas.VITIS, headers());
  }

  private List<String> headers() {
    return List.copyOf(new TreeSet<>(stages.stream().map(StageModel::header).toList()));
  }

  private static PortModel port(String label, Value value, FeatureMap map) {
    return new PortModel(label, SafeText.of(value.name()), value.type().shape().toString(),
        value.recentred() ? "uint8" : "int8", map.height(), map.width(), map.channels(), map.lanes(),
        map.beatsPerPixel(), map.beats(), value.recentred());
  }

  OutputTree tree() {
    String name = plan.name();
    OutputTree.Builder tree = new OutputTree.Builder()
        .add("src/" + name + ".h", Templates.render(new HeaderModel(network)))
        .add("src/" + name + ".cpp", Templates.render(source()))
        .add("src/" + name + "_weights.h", Templates.render(new WeightsModel(network, arrays())))
        .add("tb/" + name + "_tb.cpp", Templates.render(new BenchModel(network)))
        .add("Makefile", Templates.render(new MakefileModel(network)))
        .add("run_hls.tcl", Templates.render(new TclModel(network)))
        .add("sim/operators.txt", Templates.render(
            OperatorsModel.of(plan, plan.channels().stream().map(Emission::fifo).toList())))
        .add("README.md", Templates.render(new ReadmeModel(network, rows(), wide())));
    request.selfTest().ifPresent(r -> tree.add("tb/" + name + "_recorded.h", Templates.render(
        new RecordedModel(network, numbers(r.inputs().get(0)), numbers(r.outputs().get(0))))));
    shippedHeaders().forEach(h -> tree.add("src/" + h, style.header(resource("src/" + h))));
    SIMULATION.forEach(h -> tree.add("sim/" + h, resource("sim/" + h)));
    return tree.build();
  }

  private TreeSet<String> shippedHeaders() {
    TreeSet<String> headers = new TreeSet<>(COMMON_HEADERS);
    headers.addAll(network.headers());
    if (headers.contains("bw_global_pool.h")) {
      headers.add("bw_pool.h");
    }
    if (headers.contains("bw_dense.h") || headers.contains("bw_depthwise.h")) {
      headers.add("bw_multiply.h");
    }
    if (headers.contains("bw_multiply.h") || headers.contains("bw_pool.h")) {
      headers.add("bw_results.h");
    }
    return headers;
  }

  private List<ConstantArray> arrays() {
    return stages.stream().flatMap(s -> s.arrays().stream()).toList();
  }

  private SourceModel source() {
    List<Channel> channels = plan.channels();
    List<Fifo> fifos = channels.stream().map(c -> new Fifo(fifo(c), c.stream().lanes(), depth(c))).toList();
    List<String> processes = new ArrayList<>();
    processes.add("take_ifm(ifm, " + fifos.get(0).name() + ")");
    for (int i = 0; i < stages.size(); i++) {
      processes.add(stages.get(i).name() + "(" + fifos.get(i).name() + ", " + fifos.get(i + 1).name() + ")");
    }
    processes.add("give_ofm(" + fifos.get(stages.size()).name() + ", ofm)");
    return new SourceModel(network, network.headers(), stages.stream().map(Templates::render).toList(), fifos,
        processes);
  }

  /** The plan's depth, and in front of a line buffer what it takes at once. */
  private int depth(Channel channel) {
    return channel.to() != Channel.OUTSIDE && plan.stages().get(channel.to()) instanceof Stage.LineBuffer lines
        ? channel.depth() + new LineBufferSchedule(lines).burst() : channel.depth();
  }

  /** The network's ports have the names of the first and the last channel. */
  private static String fifo(Channel channel) {
    boolean outer = channel.from() == Channel.OUTSIDE || channel.to() == Channel.OUTSIDE;
    return outer ? channel.name() + "_beats" : channel.name();
  }

  private List<String> wide() {
    return plan.channels().stream().filter(c -> c.stream().lanes() > WIDEST_BEAT).map(Emission::fifo).toList();
  }

  private List<ReadmeModel.Row> rows() {
    return IntStream.range(0, stages.size()).mapToObj(i -> {
      Stage stage = plan.stages().get(i);
      return new ReadmeModel.Row(stage.name(), stages.get(i).template(), DataflowPlan.macLanes(stage),
          trips.get(i).more(), SafeText.of(stage.header().comment()));
    }).toList();
  }

  private static List<String> numbers(byte[] bytes) {
    return ConstantArray.numbers(IntStream.range(0, bytes.length).mapToObj(i -> (long) (bytes[i] & 0xff)).toList());
  }

  private static String resource(String name) {
    try (InputStream in = Emission.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
