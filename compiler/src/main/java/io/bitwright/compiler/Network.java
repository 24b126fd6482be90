package io.bitwright.compiler;

import io.bitwright.compiler.data.HostConversion;
import io.bitwright.compiler.data.ModelTensor;
import io.bitwright.ir.graph.Graph;
import io.bitwright.ir.graph.Node;
import io.bitwright.ir.kernel.Program;
import io.bitwright.ir.kernel.Schedule;
import io.bitwright.ir.memory.MemoryPlan;
import io.bitwright.ir.memory.MemoryPlanner;
import io.bitwright.ir.type.RealText;
import io.bitwright.ir.type.TensorType;
import io.bitwright.ir.type.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A network on its way through the compiler: read, rewritten, lowered and planned.
 *
 * @param name  for people: the model file's name without folder and extension; untrusted text
 * @param identifier  its name in generated code
 * @param source  the model file's own name, untrusted text
 * @param imported  as the file has it
 * @param quantized  as imported, or its quantised form
 * @param ends  what the passes and every target keep to: the same, or without the quantisation of float inputs and the
 *     dequantisation of float outputs
 * @param optimised  after the passes
 * @param plan  the program in its memory, under the schedule chosen
 */
public record Network(String name, String identifier, String source, Graph imported, Graph quantized, IntegerEnds ends,
    Graph optimised, MemoryPlan plan) {
  public Program program() {
    return plan.program();
  }

  /** The plan in which every kernel runs on its own, so that every source operator's tensor exists. */
  public MemoryPlan trivialPlan() {
    boolean trivial = plan.schedule().groups().stream().noneMatch(Schedule.Group::isFused);
    return trivial ? plan : MemoryPlanner.plan(program(), Schedule.trivial(program()));
  }

  /** What the passes and every target keep to. */
  public Graph definition() {
    return ends.graph();
  }

  /** Whether it was quantised on its way. */
  public boolean isQuantized() {
    return quantized != imported;
  }

  /** Whether it has float ends that it would not have for a target of integers. */
  public boolean hasFloatEnds() {
    return ends.isNone() && !IntegerEnds.of(quantized).isNone();
  }

  /** Inputs and outputs that the file has in floats and the compiled network in codes: names, for people. */
  public List<String> convertedEnds() {
    List<String> names = new ArrayList<>();
    addConverted(names, "input", definition().inputs(), ends.inputs());
    addConverted(names, "output", definition().outputs(), ends.outputs());
    return names;
  }

  private static void addConverted(List<String> names, String kind, List<Node> nodes,
      List<Optional<HostConversion>> conversions) {
    for (int i = 0; i < nodes.size(); i++) {
      TensorType type = nodes.get(i).type();
      if (conversions.get(i).isPresent()) {
        names.add(kind + " '" + nodes.get(i).name() + "' is " + type.element().text() + ", real = "
            + RealText.of(type.scale()) + " * (code - " + type.zeroPoint() + ")");
      }
    }
  }

  /** The inputs, with the order of elements that the model's file has. */
  public List<ModelTensor> inputs() {
    return tensors(definition().inputs(), imported.sourceViews().inputs(), ends.inputs());
  }

  /** The outputs likewise. */
  public List<ModelTensor> outputs() {
    return tensors(definition().outputs(), imported.sourceViews().outputs(), ends.outputs());
  }

  /** Inputs or outputs with the order of elements that the file has. */
  static List<ModelTensor> tensors(List<Node> nodes, List<View> views) {
    return tensors(nodes, views, nodes.stream().map(n -> Optional.<HostConversion>empty()).toList());
  }

  private static List<ModelTensor> tensors(List<Node> nodes, List<View> views,
      List<Optional<HostConversion>> conversions) {
    List<ModelTensor> tensors = new ArrayList<>();
    for (int i = 0; i < nodes.size(); i++) {
      TensorType type = nodes.get(i).type();
      View view = views.isEmpty() ? View.natural(type.shape().dims()) : views.get(i);
      tensors.add(new ModelTensor(nodes.get(i).name(), type, view, conversions.get(i)));
    }
    return tensors;
  }

  /** The raw output of a source operator in the file's order, from that of the compiled network. */
  public byte[] ofOperator(int operator, byte[] raw) {
    View view = imported.sourceViews().operators().get(operator);
    return view == null ? raw : view.toOwn(raw, raw.length / view.positions(0, view.dims().size()).length);
  }

  /** The inputs as the model types them, or its quantised form. */
  public List<TensorType> inputTypes() {
    return definition().inputs().stream().map(Node::type).toList();
  }

  /** The outputs likewise. */
  public List<TensorType> outputTypes() {
    return definition().outputs().stream().map(Node::type).toList();
  }
}
