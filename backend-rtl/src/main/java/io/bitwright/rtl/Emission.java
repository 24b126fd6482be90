package io.bitwright.rtl;

import io.bitwright.dataflow.DataflowPlan;
import io.bitwright.dataflow.fold.DataflowPlanner;
import io.bitwright.ir.kernel.Program;
import io.bitwright.rtl.template.Templates;
import io.bitwright.target.EmitRequest;
import io.bitwright.target.OutputTree;
import io.bitwright.target.text.CommentText;
import java.util.Map;
import java.util.stream.Collectors;

/** Builds the complete tree of one network. */
final class Emission {
  private static final String LICENCE = "// SPDX-License-Identifier: 0BSD\n";

  private final EmitRequest request;
  private final DataflowPlan plan;
  private final RenderedDesign design;
  private final Core core;

  Emission(EmitRequest request) {
    this.request = request;
    this.plan = DataflowPlanner.plan(
        request.name(), request.plan().program(), request.board(), request.hardware().lanes());
    this.design = ChiselJavaBridge.accelerator(plan, request.hardware().probes());
    this.core = Core.of(request, plan, design);
  }

  OutputTree tree() {
    OutputTree.Builder tree = new OutputTree.Builder();
    Map<String, String> comments = plan.stages().stream().collect(Collectors.toMap(
        s -> plan.name() + "_" + s.name(), s -> "// " + CommentText.of(s.header().comment()) + "\n"));
    design.modules().forEach((name, text) -> tree.add(path(name),
        text.startsWith("//") ? text : LICENCE + comments.getOrDefault(name, "") + text));
    design.images().forEach((file, text) -> tree.add("mem/" + file, text));
    String axis = core.name() + "_axis";
    tree.add(path(axis), Templates.render(new AxisModel(core)));
    String files = design.modules().keySet().stream().map(m -> path(m) + "\n").collect(Collectors.joining());
    tree.add("rtl/files.f", files + path(axis) + "\n");
    tree.add("README.md", Templates.render(new ReadmeModel(core)));
    tree.add("Makefile", Templates.render(new MakefileModel(core)));
    request.selfTest().ifPresent(recording -> addBenches(tree, recording));
    return tree.build();
  }

  private void addBenches(OutputTree.Builder tree, EmitRequest.Recording recording) {
    Program program = plan.program();
    tree.add("tb/input.hex", Beats.hex(recording.inputs().get(0), program.inputs().get(0), plan.input()));
    tree.add("tb/output.hex", Beats.hex(recording.outputs().get(0), program.outputs().get(0), plan.output()));
    tree.add("tb/" + core.name() + "_tb.cpp", Templates.render(new BenchModel(core)));
    tree.add("tb/" + core.name() + "_tb.sv", Templates.render(new VerilogBenchModel(core)));
  }

  private static String path(String module) {
    return "rtl/" + module + ".sv";
  }
}
