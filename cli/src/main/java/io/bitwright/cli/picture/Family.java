package io.bitwright.cli.picture;

import io.bitwright.ir.graph.Node;
import io.bitwright.ir.op.Op;

/** What kind of work an operator does: its colour. */
enum Family {
  TERMINAL("input, output", "#ffffff", "#333333"),
  CONVOLUTION("convolution", "#d6e6f7", "#3b74ad"),
  DEPTHWISE("depthwise convolution", "#cfeeea", "#1f8478"),
  FULLY_CONNECTED("fully connected", "#e4dcf5", "#6b4fa8"),
  POOLING("pooling, mean", "#dcefd3", "#4f8a35"),
  ARITHMETIC("add, multiply", "#fbe1cb", "#bf6a1f"),
  ACTIVATION("activation, normalisation", "#fbf1c4", "#a58618"),
  MOVEMENT("data movement", "#e7e7e7", "#6d6d6d");

  private final String label;
  private final String fill;
  private final String line;

  Family(String label, String fill, String line) {
    this.label = label;
    this.fill = fill;
    this.line = line;
  }

  static Family of(Node node) {
    Op op = node.op();
    if (op instanceof Op.Input) {
      return TERMINAL;
    }
    if (op instanceof Op.Conv2d) {
      return CONVOLUTION;
    }
    if (op instanceof Op.DepthwiseConv2d) {
      return DEPTHWISE;
    }
    if (op instanceof Op.FullyConnected) {
      return FULLY_CONNECTED;
    }
    if (op instanceof Op.AveragePool2d || op instanceof Op.MaxPool2d || op instanceof Op.Mean) {
      return POOLING;
    }
    if (op instanceof Op.Add || op instanceof Op.Mul) {
      return ARITHMETIC;
    }
    boolean moves = op instanceof Op.Concat || op instanceof Op.Pad || op instanceof Op.Slice
        || op instanceof Op.Reshape || op instanceof Op.ChannelShuffle || op instanceof Op.Transpose
        || op instanceof Op.Gather || op instanceof Op.ResizeBilinear;
    return moves ? MOVEMENT : ACTIVATION;
  }

  String label() {
    return label;
  }

  /** Colour of the inside, as in CSS. */
  String fill() {
    return fill;
  }

  /** Colour of the border. */
  String line() {
    return line;
  }
}
