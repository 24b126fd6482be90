package io.bitwright.c;

import io.bitwright.c.scalar.CType;
import io.bitwright.c.scalar.Literals;
import io.bitwright.ir.kernel.Value;
import io.bitwright.ir.memory.MemoryPlan;
import io.bitwright.ir.memory.Placement;
import io.bitwright.target.text.CommentText;

/**
 * An input or output of the network as generated code sees it.
 *
 * @param function  {@code vww_input}: gives a pointer to the elements
 * @param macro  beginning of its macros, {@code VWW_INPUT}
 * @param type  the C type of an element as the model types it
 * @param label  what it is, for messages: {@code input}
 * @param source  the tensor's name, safe for a comment
 * @param shape  as in the model
 * @param quantized  whether scale and zero point are defined
 * @param flips  whether stored codes are re-centred, so that invoke converts
 */
public record Port(String function, String macro, String type, String label, String source, String shape, int elements,
    int bytes, int offset, boolean quantized, String scale, String zeroPoint, boolean flips) {
  static Port of(String name, String macroName, String label, Value value, MemoryPlan plan) {
    Placement placement = plan.placement(value);
    if (!placement.isDense(value)) {
      throw new IllegalStateException(label + " " + value + " has gaps in memory");
    }
    boolean quantized = value.type().isPerTensor();
    String type = value.recentred() ? "uint8_t" : CType.of(value.storage()).text();
    return new Port(name + "_" + label, macroName + "_" + label.toUpperCase(java.util.Locale.ROOT), type, label,
        CommentText.of(value.name()), value.type().shape().rank() == 0 ? "scalar" : value.type().shape().toString(),
        value.shape().elements(), value.sizeBytes(), placement.offset(), quantized,
        quantized ? Literals.real(value.type().scale()) : "",
        quantized ? String.valueOf(value.type().zeroPoint()) : "", value.recentred());
  }

  /** The pointer's C expression. */
  public String pointer() {
    String address = offset == 0 ? "arena" : "(arena + " + offset + ")";
    return type.equals("uint8_t") ? (offset == 0 ? "arena" : "arena + " + offset)
        : "(" + type + " *)" + (type.equals("int8_t") ? "" : "(void *)") + address;
  }
}
