package io.bitwright.dataflow;

import io.bitwright.ir.diag.Diagnostics;
import io.bitwright.ir.graph.Graph;
import io.bitwright.ir.graph.text.GraphParser;
import io.bitwright.ir.kernel.Lowering;
import io.bitwright.ir.kernel.Program;
import java.util.Random;

/** Chains of quantised operators, described as text. */
public final class Networks {
  private final StringBuilder text = new StringBuilder();
  private int h;
  private int w;
  private int c;
  private int next;

  private Networks(int h, int w, int c) {
    this.h = h;
    this.w = w;
    this.c = c;
    text.append("graph @net {\n  %v0 = input : ").append(type()).append('\n');
  }

  public static Networks input(int h, int w, int c) {
    return new Networks(h, w, c);
  }

  private String type() {
    return "tensor<1x" + h + "x" + w + "x" + c + " x i8, q(0.05, -3)>";
  }

  private static int out(int size, int kernel, int stride, int pad) {
    return (size + pad - kernel) / stride + 1;
  }

  private String constants(String shape, int outputs, int axis) {
    String scales = "0.01" + ", 0.012".repeat(outputs - 1);
    text.append("  %w").append(next).append(" = constant seeded(").append(next + 1).append(") : tensor<").append(shape)
        .append(" x i8, q(axis=").append(axis).append(", [").append(scales).append("])>\n");
    text.append("  %b").append(next).append(" = constant seeded(").append(next + 7).append(") : tensor<")
        .append(outputs).append(" x i32>\n");
    return "%v" + next + ", %w" + next + ", %b" + next;
  }

  private Networks node(String what) {
    text.append("  %v").append(next + 1).append(" = ").append(what).append(" : ").append(type()).append('\n');
    next++;
    return this;
  }

  private static String window(int kernel, int stride, int pad) {
    return "kernel=" + kernel + "x" + kernel + ", stride=" + stride + "x" + stride + ", pad=[" + pad / 2 + ","
        + (pad - pad / 2) + "," + pad / 2 + "," + (pad - pad / 2) + "]";
  }

  /** Convolution; {@code pad} rows and columns in all, split as evenly as they can be. */
  public Networks conv(int outputs, int kernel, int stride, int pad, int groups) {
    String operands = constants(outputs + "x" + kernel + "x" + kernel + "x" + c / groups, outputs, 0);
    resize(kernel, stride, pad);
    c = outputs;
    return node("conv2d " + operands + " {" + window(kernel, stride, pad) + ", groups=" + groups + ", round=tflite}");
  }

  public Networks depthwise(int multiplier, int kernel, int stride, int pad) {
    int outputs = c * multiplier;
    String operands = constants("1x" + kernel + "x" + kernel + "x" + outputs, outputs, 3);
    resize(kernel, stride, pad);
    c = outputs;
    return node("depthwise_conv2d " + operands + " {" + window(kernel, stride, pad) + ", multiplier=" + multiplier
        + ", round=tflite}");
  }

  public Networks pool(String kind, int kernel, int stride, int pad) {
    String operand = "%v" + next;
    resize(kernel, stride, pad);
    return node(kind + " " + operand + " {" + window(kernel, stride, pad) + "}");
  }

  private void resize(int kernel, int stride, int pad) {
    h = out(h, kernel, stride, pad);
    w = out(w, kernel, stride, pad);
  }

  public Program program() {
    return lower(text + "  return %v" + next + "\n}\n");
  }

  static Program lower(String text) {
    Graph graph = GraphParser.parse(text);
    return Lowering.lower(graph, new Diagnostics());
  }

  /** A chain of some random operators. */
  public static Program random(long seed) {
    Random random = new Random(seed);
    Networks networks = input(4 + random.nextInt(9), 4 + random.nextInt(9), 1 + random.nextInt(6));
    for (int i = 0, n = 1 + random.nextInt(4); i < n; i++) {
      networks.append(random);
    }
    return networks.program();
  }

  private void append(Random random) {
    int kernel = Math.min(Math.min(h, w), 1 + random.nextInt(3));
    int stride = 1 + random.nextInt(2);
    int pad = kernel == 1 ? 0 : random.nextInt(kernel);
    switch (random.nextInt(5)) {
      case 0 -> depthwise(1, kernel, stride, pad);
      case 1 -> depthwise(2, kernel, stride, pad);
      case 2 -> pool(random.nextBoolean() ? "max_pool2d" : "average_pool2d", kernel, stride, pad);
      case 3 -> conv(c * (1 + random.nextInt(2)), kernel, stride, pad, c);
      default -> conv(1 + random.nextInt(9), kernel, stride, pad, 1);
    }
  }
}
