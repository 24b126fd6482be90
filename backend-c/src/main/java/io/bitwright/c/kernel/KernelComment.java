package io.bitwright.c.kernel;

import io.bitwright.ir.kernel.Kernel;
import io.bitwright.ir.kernel.Storage;
import io.bitwright.ir.kernel.Value;
import io.bitwright.ir.op.Padding;
import io.bitwright.ir.op.Window;
import io.bitwright.ir.type.RealText;
import io.bitwright.target.text.CommentText;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What stands above a kernel's function: source node, shapes and attributes. */
final class KernelComment implements Kernel.Visitor<String> {
  private static final int LONGEST = 108;

  private KernelComment() {}

  static List<String> of(Kernel kernel, int index) {
    List<String> lines = new ArrayList<>();
    lines.addAll(wrap("Kernel " + index + ": " + CommentText.of(kernel.header().label()) + ", "
        + CommentText.of(kernel.output().name())));
    lines.add(kernel.inputs().stream().map(KernelComment::shape).collect(Collectors.joining(", ")) + " -> "
        + shape(kernel.output()));
    String attributes = kernel.accept(new KernelComment());
    if (!attributes.isEmpty()) {
      lines.add(attributes);
    }
    return lines;
  }

  /** Lines of at most 110 characters, whatever the text. */
  private static List<String> wrap(String text) {
    List<String> lines = new ArrayList<>();
    for (int from = 0; from < text.length(); from += LONGEST) {
      lines.add((from == 0 ? "" : "  ") + text.substring(from, Math.min(text.length(), from + LONGEST)));
    }
    return lines;
  }

  private static String shape(Value value) {
    return value.shape() + " " + value.type().element().text();
  }

  private static String window(Window window) {
    if (window.isPoint()) {
      return "1x1";
    }
    Padding p = window.padding();
    String dilation = window.dilationH() * window.dilationW() == 1 ? ""
        : ", dilation " + window.dilationH() + "x" + window.dilationW();
    String padding = p.isNone() ? ", no padding"
        : ", padding top " + p.top() + " bottom " + p.bottom() + " left " + p.left() + " right " + p.right();
    return window.kernelH() + "x" + window.kernelW() + ", stride " + window.strideH() + "x" + window.strideW()
        + dilation + padding;
  }

  @Override
  public String visit(Kernel.Dot kernel) {
    String groups = kernel.groups() > 1 && kernel.connection() == Kernel.Connection.DENSE
        ? ", " + kernel.groups() + " groups" : "";
    String zero = kernel.weightZeroPoint().isPresent()
        ? ", weight zero point " + kernel.weightZeroPoint().getAsInt() : "";
    return "window " + window(kernel.window()) + groups + "; " + kernel.reductionLength() + " products an output"
        + zero;
  }

  @Override
  public String visit(Kernel.Reduce kernel) {
    return (kernel.reduction() == Kernel.Reduction.SUM ? "sum" : "maximum") + " over window "
        + window(kernel.window());
  }

  @Override
  public String visit(Kernel.Map kernel) {
    return "";
  }

  @Override
  public String visit(Kernel.Table kernel) {
    return "a function of 256 codes";
  }

  @Override
  public String visit(Kernel.RowSoftmax kernel) {
    return "over the channels of each pixel";
  }

  @Override
  public String visit(Kernel.Move kernel) {
    if (kernel.fill().isEmpty()) {
      return "";
    }
    int fill = kernel.fill().getAsInt();
    boolean real = kernel.output().storage() == Storage.F32 && fill != 0;
    return "filled with " + (real ? RealText.of(Float.intBitsToFloat(fill)) : String.valueOf(fill)) + " around";
  }
}
