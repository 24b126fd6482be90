package io.bitwright.frontend.tflite.operator;

import io.bitwright.frontend.flatbuffer.FlatTable;
import io.bitwright.frontend.tflite.site.OperatorSite;
import io.bitwright.ir.op.Activation;
import io.bitwright.ir.op.Clamp;
import java.util.List;

/** The activation function that an operator's options name. */
final class FusedActivation {
  private static final List<String> NAMES = List.of("NONE", "RELU", "RELU_N1_TO_1", "RELU6", "TANH", "SIGN_BIT");

  private FusedActivation() {}

  /** The limits it puts on the operator's result. */
  static Clamp clamp(OperatorSite site, FlatTable options, int field) {
    int code = options.u8(field, 0);
    return switch (name(code)) {
      case "NONE" -> Clamp.NONE;
      case "RELU" -> Activation.RELU.clampFor(site.result());
      case "RELU_N1_TO_1" -> Activation.RELU_N1_TO_1.clampFor(site.result());
      case "RELU6" -> Activation.RELU6.clampFor(site.result());
      default -> throw site.unsupported("fused activation " + name(code) + " is not supported");
    };
  }

  /** Refuses any but NONE. */
  static void requireNone(OperatorSite site, FlatTable options, int field) {
    int code = options.u8(field, 0);
    if (code != 0) {
      throw site.unsupported("fused activation " + name(code) + " is not supported (must be NONE)");
    }
  }

  private static String name(int code) {
    return code < NAMES.size() ? NAMES.get(code) : "number " + code;
  }
}
