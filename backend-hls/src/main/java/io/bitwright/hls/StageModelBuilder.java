package io.bitwright.hls;

import io.bitwright.dataflow.FeatureMap;
import io.bitwright.dataflow.Memory;
import io.bitwright.dataflow.Patches;
import io.bitwright.dataflow.Stage;
import io.bitwright.dataflow.Stream;
import io.bitwright.hls.StageModel.Constant;
import io.bitwright.hls.StageModel.Function;
import io.bitwright.hls.StageModel.LocalTable;
import io.bitwright.ir.scalar.Scalar;
import java.util.ArrayList;
import java.util.List;

/** Collects what a {@link StageModel} is made of. */
final class StageModelBuilder {
  private final Stage stage;
  private final Style style;
  private final String template;
  private final List<Constant> constants = new ArrayList<>();
  private final List<String> types = new ArrayList<>();
  private final List<Function> functions = new ArrayList<>();
  private final List<ConstantArray> arrays = new ArrayList<>();
  private final List<StageModel.Memory> memories = new ArrayList<>();
  private final List<String> arguments = new ArrayList<>();

  StageModelBuilder(Stage stage, Style style, String template) {
    this.stage = stage;
    this.style = style;
    this.template = template;
  }

  String name() {
    return stage.name();
  }

  StageModelBuilder constant(String name, long value) {
    constants.add(new Constant(name, String.valueOf(value)));
    return this;
  }

  /** Iterations of a loop that more than counting the beats decides. */
  StageModelBuilder trips(TripCounts trips) {
    constants.add(new Constant("TRIPS", trips.first() + " + (" + style.framesMacro() + " - 1) * " + trips.more()));
    return this;
  }

  /** Lanes, beats a pixel and channels of a map that passes lane by lane. */
  StageModelBuilder lanesOf(FeatureMap map) {
    return constant("LANES", map.lanes()).constant("BEATS", map.beatsPerPixel()).constant("CHANNELS", map.channels());
  }

  StageModelBuilder type(String declaration) {
    types.add(declaration);
    return this;
  }

  /** A constant array of the weights file, the next argument. */
  StageModelBuilder array(ConstantArray array) {
    arrays.add(array);
    arguments.add(array.name());
    return this;
  }

  /** An array of the function itself, the next argument. */
  StageModelBuilder memory(String type, String name, String dimensions, List<String> pragmas) {
    memories.add(new StageModel.Memory("static " + type + " " + name + dimensions, pragmas));
    arguments.add(name);
    return this;
  }

  /** The pragma that builds a memory of what the plan says. */
  static String storage(String variable, String type, Memory memory) {
    return "BIND_STORAGE variable=" + variable + " type=" + type + " impl="
        + (memory.style() == Memory.Style.BLOCK ? "bram" : "lutram");
  }

  /**
   * A scalar body with one result, computed {@code copies} times a cycle for neighbouring channels.
   *
   * @param parameters  types and names, named as the body's inputs
   */
  StageModelBuilder body(String name, Scalar body, List<String> parameters, int copies) {
    ScalarText text = ScalarText.of(body, "");
    functions.add(new Function("bw_code", name, String.join(", ", parameters), style.inlining(), tables(text, copies),
        unused(body, parameters), text.statements(), text.result()));
    return this;
  }

  /** A function of one index that is looked up. */
  StageModelBuilder lookup(String type, String name, String parameter, List<Long> entries, String element, int copies) {
    LocalTable table = new LocalTable(element, "entries", entries.size(), ConstantArray.numbers(entries),
        copies > 1 ? "BIND_STORAGE variable=entries type=rom_np impl=lutram" : "");
    functions.add(new Function(type, name, "int " + parameter, "INLINE", List.of(table), List.of(), List.of(),
        type + "(entries[" + parameter + "])"));
    return this;
  }

  StageModelBuilder function(Function function) {
    functions.add(function);
    return this;
  }

  /** Constant arrays of a body. Neighbouring channels are read at once from banks; any other index from copies. */
  static List<LocalTable> tables(ScalarText text, int copies) {
    List<LocalTable> tables = new ArrayList<>();
    for (ScalarText.Table table : text.tables()) {
      String pragma = table.byChannel()
          ? "ARRAY_PARTITION variable=" + table.name() + " type=cyclic factor=" + copies + " dim=1"
          : "BIND_STORAGE variable=" + table.name() + " type=rom_np impl=lutram";
      tables.add(new LocalTable(table.type(), table.name(), table.entries().size(),
          ConstantArray.numbers(table.entries()), copies == 1 ? "" : pragma));
    }
    return tables;
  }

  private static List<String> unused(Scalar body, List<String> parameters) {
    List<String> unused = new ArrayList<>();
    for (String parameter : parameters) {
      String name = parameter.substring(parameter.lastIndexOf(' ') + 1);
      boolean used = false;
      for (int i = 0; i < body.inputs().size(); i++) {
        used |= body.inputs().get(i).name().equals(name) && body.uses(i);
      }
      if (!used) {
        unused.add(name);
      }
    }
    return unused;
  }

  private static String describe(Stream stream) {
    if (stream instanceof FeatureMap map) {
      return map.height() + "x" + map.width() + "x" + map.channels() + " by " + map.lanes();
    }
    Patches patches = (Patches) stream;
    return patches.pixels() + " windows of " + patches.groups() + "x" + patches.beatsPerGroup() + " beats of "
        + patches.tapLanes() + " taps by " + patches.wordLanes();
  }

  StageModel build() {
    List<String> comment = new ArrayList<>(List.of(
        stage.name() + ": " + describe(stage.input()) + " -> " + describe(stage.output())));
    comment.addAll(SafeText.lines(stage.header().comment()));
    return new StageModel(stage.name(), comment, template + ".h", template, stage.input().lanes(),
        stage.output().lanes(), style.framesMacro(), constants, types, functions, arrays, memories, arguments);
  }
}
