package io.bitwright.compiler;

import io.bitwright.compiler.data.ModelTensor;
import io.bitwright.ir.graph.Graph;
import io.bitwright.ir.graph.Node;
import io.bitwright.ir.kernel.Program;
import io.bitwright.ir.kernel.Schedule;
import io.bitwright.ir.memory.MemoryPlan;
import io.bitwright.ir.memory.MemoryPlanner;
import io.bitwright.ir.type.TensorType;
import io.bitwright.ir.type.View;
import java.util.ArrayList;
import java.util.List;

/**
 * A network on its way through the compiler: read, rewritten, lowered and planned.
 *
 * @param name  for people: the model file's name without folder and extension; untrusted text
 * @param identifier  its name in generated code
 * @param source  the model file's own name, untrusted text
 * @param imported  as the file has it
 * @param definition  what the passes and every target keep to: as imported, or its quantised form
 * @param optimised  after the passes
 * @param plan  the program in its memory, under the schedule chosen
 */
public record Network(String name, String identifier, String source, Graph imported, Graph definition, Graph optimised,
    MemoryPlan plan) {
  public Program program() {
    return plan.program();
  }

  /** The plan in which every kernel runs on its own, so that every source operator's tensor exists. */
  public MemoryPlan trivialPlan() {
    boolean trivial = plan.schedule().groups().stream().noneMatch(Schedule.Group::isFused);
    return trivial ? plan : MemoryPlanner.plan(program(), Schedule.trivial(program()));
  }

  /** Whether it was quantised on its way. */
  public boolean isQuantized() {
    return definition != imported;
  }

  /** The inputs, with the order of elements that the model's file has. */
  public List<ModelTensor> inputs() {
    return tensors(definition.inputs(), imported.sourceViews().inputs());
  }

  /** The outputs likewise. */
  public List<ModelTensor> outputs() {
    return tensors(definition.outputs(), imported.sourceViews().outputs());
  }

  /** Inputs or outputs with the order of elements that the file has. */
  static List<ModelTensor> tensors(List<Node> nodes, List<View> views) {
    List<ModelTensor> tensors = new ArrayList<>();
    for (int i = 0; i < nodes.size(); i++) {
      TensorType type = nodes.get(i).type();
      tensors.add(views.isEmpty() ? ModelTensor.of(type) : new ModelTensor(type, views.get(i)));
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
    return definition.inputs().stream().map(Node::type).toList();
  }

  /** The outputs likewise. */
  public List<TensorType> outputTypes() {
    return definition.outputs().stream().map(Node::type).toList();
  }
}
