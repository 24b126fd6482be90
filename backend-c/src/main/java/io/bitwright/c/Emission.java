package io.bitwright.c;

import io.bitwright.c.kernel.Constants;
import io.bitwright.c.kernel.Frame;
import io.bitwright.c.kernel.Gathering;
import io.bitwright.c.kernel.GroupModel;
import io.bitwright.c.kernel.KernelRenderer;
import io.bitwright.c.kernel.Rendered;
import io.bitwright.c.scalar.Intrinsics;
import io.bitwright.c.scalar.Rows;
import io.bitwright.c.scalar.ScalarFunction;
import io.bitwright.c.template.Templates;
import io.bitwright.ir.kernel.Kernel;
import io.bitwright.ir.kernel.Value;
import io.bitwright.ir.memory.MemoryPlan;
import io.bitwright.ir.memory.Placement;
import io.bitwright.target.EmitRequest;
import io.bitwright.target.OutputTree;
import io.bitwright.target.text.CommentText;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;

/** Builds the complete output model of one network, then renders it. */
final class Emission {
  private final EmitRequest request;
  private final MemoryPlan plan;
  private final String name;
  private final Constants constants = new Constants();
  private final Intrinsics intrinsics;
  private final List<String> kernels = new ArrayList<>();
  private final List<Gathering> gatherings = new ArrayList<>();
  private final List<SourceModel.Step> steps = new ArrayList<>();
  private final Network network;
  private long tableBytes;

  Emission(EmitRequest request) {
    this.request = request;
    this.plan = request.plan();
    this.name = request.name();
    this.intrinsics = new Intrinsics(name);
    renderGroups();
    this.network = network();
  }

  private void renderGroups() {
    KernelRenderer renderer = new KernelRenderer(name, plan, constants, intrinsics);
    for (int g = 0; g < plan.schedule().groups().size(); g++) {
      List<Rendered> rendered = renderer.render(g);
      for (Rendered kernel : rendered) {
        for (ScalarFunction function : kernel.functions()) {
          kernels.add(Layout.indent(Templates.render(function)));
          tableBytes += function.tables().stream().mapToLong(ScalarFunction.TableArray::sizeBytes).sum();
        }
        kernels.add(Layout.indent(kernel.text()));
      }
      steps.add(step(renderer, g, rendered));
    }
  }

  private SourceModel.Step step(KernelRenderer renderer, int group, List<Rendered> rendered) {
    List<TraceModel> traces = traces(plan.schedule().groups().get(group).last().output());
    if (rendered.size() == 1) {
      Frame frame = rendered.get(0).frame();
      return new SourceModel.Step(frame.images(), frame.rows(), frame.call("y"), traces);
    }
    GroupModel function = renderer.function(group, rendered);
    kernels.add(Layout.indent(Templates.render(function)));
    return new SourceModel.Step(1, 1, function.function() + "(arena);", traces);
  }

  private Network network() {
    String macro = name.toUpperCase(Locale.ROOT);
    return new Network(name, macro, CommentText.of(request.source()), CommentText.of(request.board().title()),
        ports(plan.program().inputs(), "input", macro), ports(plan.program().outputs(), "output", macro),
        plan.arenaBytes(), constants.sizeBytes() + tableBytes, products(), intrinsics.usesReals(),
        name.equals("main") ? "main_run" : "main");
  }

  private List<Port> ports(List<Value> values, String label, String macro) {
    return IntStream.range(0, values.size())
        .mapToObj(i -> Port.of(name, macro, values.size() == 1 ? label : label + i, values.get(i), plan))
        .toList();
  }

  private long products() {
    return plan.program().kernels().stream()
        .filter(Kernel.Dot.class::isInstance)
        .mapToLong(k -> (long) k.output().shape().elements() * ((Kernel.Dot) k).reductionLength())
        .sum();
  }

  /** Trace calls of a value and its aliases. */
  private List<TraceModel> traces(Value written) {
    List<TraceModel> traces = new ArrayList<>();
    for (Value value : plan.program().values()) {
      if (value.root() == written.root() && !value.origins().isEmpty()) {
        Placement placement = plan.placement(value);
        if (placement.isDense(value)) {
          value.origins().forEach(o -> traces.add(TraceModel.of(o, placement.offset(), value.sizeBytes())));
        } else {
          Gathering gathering = Gathering.of(name, value, placement);
          gatherings.add(gathering);
          value.origins().forEach(o -> traces.add(TraceModel.of(o, gathering)));
        }
      }
    }
    return traces;
  }

  private static List<SourceModel.Conversion> conversions(List<Port> ports) {
    Set<SourceModel.Conversion> distinct = new LinkedHashSet<>();
    ports.stream().filter(Port::flips).forEach(p -> distinct.add(new SourceModel.Conversion(p.offset(), p.bytes())));
    return List.copyOf(distinct);
  }

  OutputTree tree() {
    boolean selfTest = request.selfTest().isPresent();
    String flags = request.board().flags();
    OutputTree.Builder tree = new OutputTree.Builder()
        .add(name + ".h", Templates.render(new HeaderModel(network)))
        .add(name + ".c", Templates.render(source()))
        .add(name + "_weights.h", Templates.render(new WeightsHeaderModel(network, constants.arrays())))
        .add(name + "_weights.c", Templates.render(new WeightsModel(network, constants.arrays(),
            intrinsics.usesMath())))
        .add(network.driver() + ".c", Templates.render(new MainModel(network)))
        .add("Makefile", Templates.render(new MakefileModel(network, request.board().toolchain(),
            flags.contains("-O") ? flags : ("-O2 " + flags).strip(), selfTest)))
        .add("CMakeLists.txt", Templates.render(new CMakeModel(network, selfTest)))
        .add("README.md", Templates.render(new ReadmeModel(network, request.board().flashing(), selfTest)));
    request.selfTest().ifPresent(r -> tree.add(name + "_selftest.c", Templates.render(selfTest(r))));
    return tree.build();
  }

  private SourceModel source() {
    List<SourceModel.Conversion> before = conversions(network.inputs());
    List<SourceModel.Conversion> after = conversions(network.outputs());
    List<TraceModel> inputs = plan.program().inputs().stream().flatMap(v -> traces(v).stream()).toList();
    boolean copies = plan.program().kernels().stream().anyMatch(Kernel.Move.class::isInstance);
    boolean usesString =
        copies || !gatherings.isEmpty() || intrinsics.usesFromBits() || intrinsics.usesToBits();
    return new SourceModel(network, intrinsics.usesMath(), usesString, intrinsics.usesLeadingZeros(),
        intrinsics.usesFromBits(), intrinsics.usesToBits(), !before.isEmpty() || !after.isEmpty(), gatherings, kernels,
        before, inputs, steps, after);
  }

  private SelfTestModel selfTest(EmitRequest.Recording recording) {
    return new SelfTestModel(network, recorded(network.inputs(), recording.inputs()),
        recorded(network.outputs(), recording.outputs()));
  }

  private List<SelfTestModel.Recorded> recorded(List<Port> ports, List<byte[]> tensors) {
    return IntStream.range(0, ports.size())
        .mapToObj(i -> new SelfTestModel.Recorded(ports.get(i), name + "_recorded_" + ports.get(i).label(),
            rows(tensors.get(i))))
        .toList();
  }

  private static List<String> rows(byte[] bytes) {
    return Rows.of(IntStream.range(0, bytes.length).mapToObj(i -> String.valueOf(bytes[i] & 0xff)).toList());
  }
}
