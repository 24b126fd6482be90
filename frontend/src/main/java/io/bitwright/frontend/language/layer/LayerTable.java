package io.bitwright.frontend.language.layer;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The layers that a paper's table lists, with their counts.
 *
 * <p>A batch normalisation directly behind a convolution is part of the convolution's row. Activations, padding and
 * reshaping have no rows.
 *
 * @param movingStatistics  numbers of batch normalisation that are not trained
 */
public record LayerTable(List<LayerRow> rows, long movingStatistics) {
  public LayerTable {
    rows = List.copyOf(rows);
  }

  public static LayerTable of(NetworkModel network) {
    Map<Layer, LayerOp.Normalization> behind = new IdentityHashMap<>();
    for (Layer layer : network.layers()) {
      if (layer.op() instanceof LayerOp.Normalization n && isProduct(layer.input())) {
        behind.put(layer.input(), n);
      }
    }
    List<LayerRow> rows = new ArrayList<>();
    long moving = 0;
    for (Layer layer : network.layers()) {
      if (layer.op() instanceof LayerOp.Normalization) {
        moving += 2L * layer.channels();
      }
      rows.addAll(rows(layer, behind));
    }
    return new LayerTable(rows, moving);
  }

  private static boolean isProduct(Layer layer) {
    return layer.op() instanceof LayerOp.Convolution || layer.op() instanceof LayerOp.Dense;
  }

  private static List<LayerRow> rows(Layer layer, Map<Layer, LayerOp.Normalization> behind) {
    LayerOp op = layer.op();
    if (op instanceof LayerOp.Convolution c) {
      return List.of(convolution(layer, c, behind.get(layer)));
    } else if (op instanceof LayerOp.Dense d) {
      return List.of(dense(layer, d, behind.get(layer)));
    } else if (op instanceof LayerOp.Normalization n) {
      long params = (n.scale() ? 2L : 1L) * layer.channels();
      return isProduct(layer.input()) ? List.of() : List.of(plain(layer, "bn", "", params, 2L * layer.channels()));
    } else if (op instanceof LayerOp.Pool p) {
      String kernel = p.window().kernelH() + "x" + p.window().kernelW();
      return List.of(window(layer, p.maximum() ? "maxpool" : "avgpool", kernel, p.window().strideH()));
    } else if (op instanceof LayerOp.GlobalPool) {
      return List.of(window(layer, "avgpool", size(layer.input()), 1));
    } else if (op instanceof LayerOp.Add) {
      return List.of(plain(layer, "add", "", 0, 0));
    } else if (op instanceof LayerOp.Multiply) {
      return List.of(plain(layer, "mul", "", 0, 0));
    } else if (op instanceof LayerOp.LocalResponse) {
      return List.of(plain(layer, "lrn", "", 0, 0));
    } else if (op instanceof LayerOp.Shuffle s) {
      return List.of(plain(layer, "channel_shuffle", String.valueOf(s.groups()), 0, 0));
    } else if (op instanceof LayerOp.Concat) {
      String cin = layer.inputs().stream().map(l -> String.valueOf(l.channels())).collect(Collectors.joining("+"));
      return List.of(new LayerRow(layer.name(), "concat", "", "", "", cin, String.valueOf(layer.channels()),
          size(layer), size(layer), false, 0, 0, 0));
    } else if (op instanceof LayerOp.Slice s && s.part() == 0) {
      String cout = IntStream.range(0, s.parts()).mapToObj(i -> String.valueOf(layer.channels()))
          .collect(Collectors.joining("+"));
      return List.of(new LayerRow(layer.name(), "split", "", "", "", String.valueOf(layer.input().channels()), cout,
          size(layer), size(layer), false, 0, 0, 0));
    }
    return List.of();
  }

  private static LayerRow convolution(Layer layer, LayerOp.Convolution op, LayerOp.Normalization norm) {
    int cin = layer.input().channels();
    long taps = op.window().taps();
    long weights = taps * (cin / op.groups()) * op.filters();
    String kind;
    if (op.groups() > 1) {
      kind = op.groups() == cin ? "dwconv" : "gconv";
    } else {
      kind = taps == 1 ? "pwconv" : "conv";
    }
    return new LayerRow(layer.name(), kind, op.window().kernelH() + "x" + op.window().kernelW(),
        String.valueOf(op.window().strideH()), String.valueOf(op.groups()), String.valueOf(cin),
        String.valueOf(op.filters()), size(layer.input()), size(layer), norm != null,
        weights + extra(op.filters(), op.bias(), norm), weights + folded(op.filters(), op.bias(), norm),
        weights * layer.height() * layer.width());
  }

  private static LayerRow dense(Layer layer, LayerOp.Dense op, LayerOp.Normalization norm) {
    int cin = layer.input().shape().elements();
    long weights = (long) cin * op.units();
    return new LayerRow(layer.name(), "fc", "1x1", "1", "1", String.valueOf(cin), String.valueOf(op.units()), "1x1",
        "1x1", norm != null, weights + extra(op.units(), op.bias(), norm),
        weights + folded(op.units(), op.bias(), norm), weights);
  }

  private static long extra(int filters, boolean bias, LayerOp.Normalization norm) {
    long vectors = (bias ? 1 : 0) + (norm == null ? 0 : 1) + (norm != null && norm.scale() ? 1 : 0);
    return vectors * filters;
  }

  private static long folded(int filters, boolean bias, LayerOp.Normalization norm) {
    return bias || norm != null ? filters : 0;
  }

  private static LayerRow window(Layer layer, String kind, String kernel, int stride) {
    String channels = String.valueOf(layer.channels());
    return new LayerRow(layer.name(), kind, kernel, String.valueOf(stride), "", channels, channels,
        size(layer.input()), size(layer), false, 0, 0, 0);
  }

  private static LayerRow plain(Layer layer, String kind, String groups, long params, long folded) {
    String channels = String.valueOf(layer.channels());
    return new LayerRow(layer.name(), kind, "", "", groups, channels, channels, size(layer.input()), size(layer),
        false, params, folded, 0);
  }

  private static String size(Layer layer) {
    return layer.height() + "x" + layer.width();
  }

  /** All trained numbers. */
  public long trainableParameters() {
    return rows.stream().mapToLong(LayerRow::params).sum();
  }

  /** Trained numbers and moving statistics. */
  public long totalParameters() {
    return trainableParameters() + movingStatistics;
  }

  /** Weights and biases after folding every normalisation that stands behind a convolution. */
  public long foldedParameters() {
    return rows.stream().mapToLong(LayerRow::foldedParams).sum();
  }

  /** Multiply-accumulates of convolutions and fully connected layers. */
  public long macs() {
    return rows.stream().mapToLong(LayerRow::macs).sum();
  }
}
