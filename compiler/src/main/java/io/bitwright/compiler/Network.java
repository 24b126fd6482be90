package io.bitwright.compiler;

import io.bitwright.ir.graph.Graph;
import io.bitwright.ir.graph.Node;
import io.bitwright.ir.kernel.Program;
import io.bitwright.ir.kernel.Schedule;
import io.bitwright.ir.memory.MemoryPlan;
import io.bitwright.ir.memory.MemoryPlanner;
import io.bitwright.ir.type.TensorType;
import java.util.List;

/**
 * A network on its way through the compiler: read, rewritten, lowered and planned.
 *
 * @param name  for people: the model file's name without folder and extension; untrusted text
 * @param identifier  its name in generated code
 * @param source  the model file's own name, untrusted text
 * @param imported  as the file has it
 * @param optimised  after the passes
 * @param plan  the program in its memory, under the schedule chosen
 */
public record Network(String name, String identifier, String source, Graph imported, Graph optimised, MemoryPlan plan) {
  public Program program() {
    return plan.program();
  }

  /** The plan in which every kernel runs on its own, so that every source operator's tensor exists. */
  public MemoryPlan trivialPlan() {
    boolean trivial = plan.schedule().groups().stream().noneMatch(Schedule.Group::isFused);
    return trivial ? plan : MemoryPlanner.plan(program(), Schedule.trivial(program()));
  }

  /** The inputs as the model types them. */
  public List<TensorType> inputTypes() {
    return imported.inputs().stream().map(Node::type).toList();
  }

  /** The outputs as the model types them. */
  public List<TensorType> outputTypes() {
    return imported.outputs().stream().map(Node::type).toList();
  }
}
