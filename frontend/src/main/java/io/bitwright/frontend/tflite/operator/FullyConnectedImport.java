package io.bitwright.frontend.tflite.operator;

import io.bitwright.frontend.flatbuffer.FlatTable;
import io.bitwright.frontend.tflite.schema.FileTensor;
import io.bitwright.frontend.tflite.site.OperatorSite;
import io.bitwright.ir.diag.DiagnosticException;
import io.bitwright.ir.graph.Node;
import io.bitwright.ir.op.Clamp;
import io.bitwright.ir.op.Op;
import io.bitwright.ir.op.Rounding;
import io.bitwright.ir.type.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * FULLY_CONNECTED.
 *
 * <p>Operands: x of any shape, weights [O, K], bias [O], which may be left out. Without keep_num_dims x is read as
 * [elements / K, K], for which a reshape is inserted; with it the last dimension of x is K. Source:
 * tensorflow/lite/kernels/fully_connected.cc.
 */
final class FullyConnectedImport {
  private static final int OPTIONS = 8;
  private static final int DEFAULT_WEIGHTS = 0;

  private FullyConnectedImport() {}

  static Node fullyConnected(OperatorSite site) {
    site.requireOperands(2, 3);
    FlatTable options = site.requiredOptions(OPTIONS);
    if (options.u8(1, DEFAULT_WEIGHTS) != DEFAULT_WEIGHTS) {
      throw site.unsupported("weights format " + options.u8(1, 0) + " is not supported (must be DEFAULT)");
    }
    Node x = site.activation(0);
    site.requireResultElement(x);
    Node weights = site.weights(1, 0, x.type().isFloat());
    site.requireElement(weights, ConvolutionImport.elementFor(x));
    site.requireRank(weights, 2);
    Node rows = options.flag(2) ? lastDimension(site, x, weights) : flattened(site, x, weights);
    Clamp clamp = FusedActivation.clamp(site, options, 0);
    int channels = weights.type().shape().dim(0);
    List<Integer> computed = new ArrayList<>(rows.type().shape().dims());
    computed.set(computed.size() - 1, channels);
    site.requireResultShape(computed);
    Node[] operands = BiasImport.operands(site, rows, weights, channels, options.u8(4, 0));
    return site.node(new Op.FullyConnected(clamp, Rounding.TFLITE), operands);
  }

  private static Node lastDimension(OperatorSite site, Node x, Node weights) {
    Shape shape = x.type().shape();
    if (shape.rank() == 0 || shape.dim(-1) != weights.type().shape().dim(1)) {
      throw mismatch(site, x, weights);
    }
    return x;
  }

  private static Node flattened(OperatorSite site, Node x, Node weights) {
    int depth = weights.type().shape().dim(1);
    int elements = x.type().shape().elements();
    if (elements % depth != 0) {
      throw mismatch(site, x, weights);
    }
    Shape rows = Shape.of(elements / depth, depth);
    return rows.equals(x.type().shape()) ? x : site.inserted(new Op.Reshape(), x, x.type().withShape(rows));
  }

  private static DiagnosticException mismatch(OperatorSite site, Node x, Node weights) {
    return site.badShape("weights of shape " + FileTensor.bracketed(weights.type().shape())
        + " do not fit an operand of shape " + FileTensor.bracketed(x.type().shape()));
  }
}
