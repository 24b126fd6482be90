package io.bitwright.ir.diag;

import static io.bitwright.ir.diag.Severity.ERROR;
import static io.bitwright.ir.diag.Severity.NOTE;
import static io.bitwright.ir.diag.Severity.WARNING;

/**
 * Every diagnostic: its code, severity, message template and a sentence for the manual.
 *
 * <p>Codes: BW01xx reading files, BW02xx operators and types, BW03xx graph text, BW04xx lowering and fit,
 * BW05xx command line and data, BW06xx tools, BW07xx network descriptions, BW08xx the accelerator,
 * BW09xx ONNX files.
 */
public enum DiagnosticId {
  FILE_NOT_READ("BW0101", ERROR, "cannot read %s: %s", "The file is missing or its permissions forbid reading."),
  NOT_TFLITE("BW0102", ERROR, "not a TFLite file: %s", "The file identifier TFL3 is missing, or the file is too short."),
  MALFORMED_FILE("BW0103", ERROR, "malformed file: %s",
      "An offset, a length or an index in the file leads outside of it or makes no sense."),
  UNSUPPORTED_VERSION("BW0104", ERROR, "schema version %s is not supported (must be %s)",
      "The file was written for another version of its schema."),
  TOO_LARGE("BW0105", ERROR, "%s is too large: %s (limit %s)",
      "A size in the file exceeds what this tool takes; a real network of this kind does not reach it."),
  SEVERAL_SUBGRAPHS("BW0106", ERROR, "%s subgraphs are not supported (must be 1)",
      "Control flow through several subgraphs is not supported."),
  UNSUPPORTED_OPERATOR("BW0201", ERROR, "operator %s is not supported (its output is tensor '%s')",
      "The operator is not one that this tool can compile."),
  UNSUPPORTED_ATTRIBUTE("BW0202", ERROR, "operator %s: %s",
      "The operator is known, but not with this attribute, shape or combination of types."),
  UNSUPPORTED_TYPE("BW0203", ERROR, "tensor '%s' has type %s, which is not supported here (must be %s)",
      "The element type is not one that this operator takes."),
  BAD_QUANTIZATION("BW0204", ERROR, "tensor '%s': %s", "The quantisation of the tensor is missing or inconsistent."),
  DYNAMIC_SHAPE("BW0205", ERROR, "tensor '%s' has a dynamic shape %s (must be static)",
      "All shapes must be known when the network is compiled."),
  BAD_SHAPE("BW0206", ERROR, "%s", "The shapes of an operator's operands and result do not fit together."),
  CYCLIC_GRAPH("BW0207", ERROR, "tensor '%s' is used before any operator computes it",
      "The operators of the file cannot be put in an order in which each operand is computed first."),
  OPERATOR_WITH_ALTERNATIVE("BW0208", ERROR, "operator %s is not supported (its output is tensor '%s'): %s",
      "The operator is not one that this tool can compile; the message says what the same can be written with."),
  CONSTANTS_DEQUANTISED("BW0209", NOTE, "%s constants of type %s become float32, in which the network computes",
      "Weights are stored narrow beside float activations. TFLite rounds activations to int8 on the fly where weights are int8."),
  NOT_IN_TFLITE("BW0220", ERROR, "'%s': operator %s cannot be written as TFLite: %s",
      "No operators of TFLite compute the same; the message says what would be accepted (docs/tflite-export.md)."),
  TEXT_SYNTAX("BW0301", ERROR, "%s", "The text form of a graph does not follow its grammar (docs/ir.md)."),
  TEXT_UNKNOWN_NAME("BW0302", ERROR, "unknown %s '%s'", "A value, operator or constant that the text does not define."),
  INVALID_GRAPH("BW0303", ERROR, "%s", "The graph breaks a rule of its operators (docs/operators.md)."),
  ACCUMULATOR_TOO_WIDE("BW0401", ERROR, "an intermediate value needs %s bits (limit %s)",
      "The exact integer arithmetic of the operator does not fit the widest machine integer."),
  NOT_LOWERED("BW0402", ERROR, "%s", "The operator has no kernel for these types or shapes."),
  DOES_NOT_FIT("BW0403", ERROR, "%s needs %s bytes of %s, board '%s' has %s",
      "The network's weights or its arena are larger than the board's memory."),
  TARGET_CONSTRAINT("BW0404", ERROR, "%s is not supported by target '%s' (%s)",
      "The target cannot compute this operator; the sentence says what it takes."),
  ACCUMULATOR_SATURATES("BW0405", WARNING, "the accumulator can exceed 32 bits; it saturates",
      "TFLite's int32 accumulator would overflow for extreme inputs, which its kernels leave undefined."),
  OVER_BUDGET("BW0406", ERROR, "the network needs %s bytes of RAM, the budget is %s",
      "The arena is larger than the budget given with --ram-budget."),
  QUANTISED_IN_PART("BW0410", ERROR, "tensor '%s' is %s: a network that is quantised in part cannot be quantised",
      "Quantisation takes networks that compute in f32 throughout."),
  UNUSABLE_RANGE("BW0411", ERROR, "tensor '%s' holds values from %s to %s (must be finite, with a magnitude up to %s)",
      "No scale of 8-bit codes reaches over the values that a constant holds or that calibration met."),
  UNKNOWN_NAME("BW0501", ERROR, "unknown %s '%s' (known: %s)", "A target, board, pass or option value that does not exist."),
  BAD_INPUT_DATA("BW0502", ERROR, "input %s: %s", "The input file does not hold what the network's input takes."),
  OUTPUT_NOT_WRITTEN("BW0503", ERROR, "cannot write %s: %s", "The output folder or file cannot be created."),
  UNKNOWN_FORMAT("BW0504", ERROR, "%s: unknown file type (must be one of %s)", "The file name's extension is not one this command takes."),
  MISMATCH("BW0505", ERROR, "%s differs from %s: %s", "A target's output is not byte-equal to the interpreter's."),
  TOOL_MISSING("BW0601", ERROR, "%s is not installed: %s", "An external tool is needed; the message names the package that brings it."),
  TOOL_FAILED("BW0602", ERROR, "%s failed with status %s: %s", "An external tool failed; its own words and its log's path follow."),
  LANGUAGE_SYNTAX("BW0701", ERROR, "%s", "The text of a network description does not follow its grammar (docs/language.md)."),
  LANGUAGE_UNKNOWN_NAME("BW0702", ERROR, "unknown %s '%s' (known: %s)",
      "A variable, function, argument, column or type that the network description does not define; the nearest ones come first."),
  LANGUAGE_TWICE("BW0703", ERROR, "%s '%s' is defined twice (first at %s)",
      "Two definitions of a network description have one name."),
  LANGUAGE_ARGUMENTS("BW0704", ERROR, "%s: %s", "A call gives too many arguments, too few, or one of them twice."),
  LANGUAGE_TYPE("BW0705", ERROR, "%s is %s %s (must be %s)", "A value in a network description has the wrong type."),
  LANGUAGE_RANGE("BW0706", ERROR, "%s is %s (must be %s)", "A value in a network description is outside of its range."),
  LANGUAGE_DIVISION("BW0707", ERROR, "%s %s 0: division by zero", "A network description divides by zero."),
  LANGUAGE_NUMBER("BW0708", ERROR, "%s %s", "A number in a network description leaves 64-bit integers or finite reals."),
  LANGUAGE_RECURSION("BW0709", ERROR, "%s calls itself: %s", "Blocks must not call themselves, directly or through others."),
  LANGUAGE_TOO_DEEP("BW0710", ERROR, "the %s is above %s", "The network description is nested too deeply."),
  LANGUAGE_TOO_LARGE("BW0711", ERROR, "%s is %s (limit %s)",
      "A network description asks for more repetitions, layers or elements than any real network has."),
  LANGUAGE_SHAPES("BW0712", ERROR, "%s: %s", "The shapes of feature maps, windows or groups do not fit together."),
  LANGUAGE_IMPORT("BW0713", ERROR, "cannot import '%s': %s", "An imported file is missing or imports itself."),
  LANGUAGE_NETWORK("BW0714", ERROR, "%s", "A file must describe exactly one network, with inputs and a result."),
  LANGUAGE_RESULT("BW0715", ERROR, "%s: %s", "A block gives no result, or code follows its return, or the number of results differs."),
  LANGUAGE_REQUIREMENT("BW0716", ERROR, "%s", "A requirement that the network description states does not hold."),
  LANGUAGE_PARAMETER("BW0717", ERROR, "network '%s' has no parameter '%s' (known: %s)",
      "A parameter given with --set is not one of the network's."),
  LANGUAGE_WEIGHTS("BW0718", ERROR, "weights of layer '%s': %s", "The weights file lacks a tensor or has one of the wrong shape."),
  DATAFLOW_UNSUPPORTED("BW0801", ERROR, "%s has no stage in the accelerator: %s",
      "The operator is not one that a stage of the hardware accelerator computes."),
  DATAFLOW_NOT_A_CHAIN("BW0802", ERROR, "the accelerator takes a chain of operators only: %s",
      "Branches, skips and several inputs or outputs are not supported in hardware."),
  DATAFLOW_BUDGET("BW0803", ERROR, "%s lanes are not possible (must be from %s to %s)",
      "A stage that multiplies needs a lane at least; the most is beyond any device."),
  DATAFLOW_DOES_NOT_FIT("BW0804", ERROR, "the accelerator needs %s %s, board '%s' has %s; %s",
      "The device is too small for this folding; the message says which one fits."),
  DATAFLOW_NO_FABRIC("BW0805", ERROR, "board '%s' has no programmable logic (boards that have: %s)",
      "Hardware targets need a board with an FPGA."),
  NOT_ONNX("BW0901", ERROR, "not an ONNX file: %s", "The bytes are no ONNX model, or one without a graph."),
  UNSUPPORTED_DOMAIN("BW0902", ERROR, "operator %s of domain '%s' is not supported (must be of the standard domain)",
      "The operator is an extension of some runtime, or a function of the file itself."),
  UNSUPPORTED_OPSET("BW0903", ERROR, "operator %s of operator set %s is not supported (must be %s)",
      "The file uses a version of the operator whose meaning this tool does not know."),
  EXTERNAL_DATA("BW0904", ERROR, "the contents of tensor '%s' are not to be had: %s",
      "Contents outside of the model's file are read from files in its folder only, within their length."),
  OPEN_DIMENSION("BW0905", ERROR, "input '%s' has the open shape %s (give all of it: --shape %s=1x3x224x224)",
      "All shapes must be known when the network is compiled; --shape gives those that the file leaves open."),
  SHAPE_MISMATCH("BW0906", ERROR, "--shape %s does not fit input '%s', which has shape %s",
      "A shape given on the command line must have the rank of the input and its sizes where the file has them.");

  private final String code;
  private final Severity severity;
  private final String template;
  private final String explanation;

  DiagnosticId(String code, Severity severity, String template, String explanation) {
    this.code = code;
    this.severity = severity;
    this.template = template;
    this.explanation = explanation;
  }

  public String code() {
    return code;
  }

  public Severity severity() {
    return severity;
  }

  /** The message with {@code %s} where a value goes. */
  public String template() {
    return template;
  }

  /** One sentence for docs/diagnostics.md. */
  public String explanation() {
    return explanation;
  }
}
