package io.bitwright.hls;

import java.util.List;

/**
 * A stage's constants and its function. Template {@code StageModel.ftl}.
 *
 * @param name  the function's; its constants are {@code NAME_config}
 * @param comment  lines, safe for a comment
 * @param header  of {@code src/} that holds the template
 * @param template  the function template that does the work
 * @param inLanes  codes of an input beat
 * @param outLanes  codes of an output beat
 * @param framesMacro  what the number of frames a call is called
 * @param constants  what the template asks for by name
 * @param types  declarations that the template asks for
 * @param functions  likewise
 * @param arrays  constants of the weights file that the function works with
 * @param memories  the function's own arrays
 * @param arguments  arrays behind the streams in the template's parameters
 */
public record StageModel(String name, List<String> comment, String header, String template, int inLanes, int outLanes,
    String framesMacro, List<Constant> constants, List<String> types, List<Function> functions,
    List<ConstantArray> arrays, List<Memory> memories, List<String> arguments) {
  public StageModel {
    comment = List.copyOf(comment);
    constants = List.copyOf(constants);
    types = List.copyOf(types);
    functions = List.copyOf(functions);
    arrays = List.copyOf(arrays);
    memories = List.copyOf(memories);
    arguments = List.copyOf(arguments);
  }

  /** {@code static const int}. */
  public record Constant(String name, String value) {}

  /**
   * A function of a struct of constants.
   *
   * @param pragma  how it is built
   * @param unused  parameters that the statements leave alone
   */
  public record Function(String result, String name, String parameters, String pragma, List<LocalTable> tables,
      List<String> unused, List<String> statements, String returned) {}

  /** A constant array of a function. */
  public record LocalTable(String type, String name, int length, List<String> rows, String pragma) {}

  /** An array of the stage's function; pragmas without the word HLS. */
  public record Memory(String declaration, List<String> pragmas) {}
}
