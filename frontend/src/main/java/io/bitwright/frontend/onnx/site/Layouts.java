package io.bitwright.frontend.onnx.site;

import io.bitwright.frontend.onnx.tensor.Feature;
import io.bitwright.ir.graph.Node;
import io.bitwright.ir.op.Op;
import io.bitwright.ir.type.View;
import io.bitwright.ir.type.View.Loop;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Puts the elements of a tensor into the order that an operator needs; most often they are in it already. */
public final class Layouts {
  /** N, H, W, C of a tensor that the file has as N, C, H, W. */
  public static final List<Integer> CHANNELS_LAST = List.of(0, 2, 3, 1);

  private static final int HIGHEST_RANK = 4;

  private Layouts() {}

  /** {@code 0, 1, ...}. */
  public static List<Integer> natural(int rank) {
    return IntStream.range(0, rank).boxed().toList();
  }

  /** Batch, then the other dimensions, then channels. */
  public static List<Integer> channelsLast(int rank) {
    List<Integer> order = new ArrayList<>(natural(rank));
    if (rank > 2) {
      order.remove(1);
      order.add(1);
    }
    return order;
  }

  /** The sizes of some dimensions. */
  public static List<Integer> sizes(List<Integer> dims, List<Integer> order) {
    return order.stream().map(dims::get).toList();
  }

  /** The tensor itself, or its elements moved, so that its memory is in C order of its dimensions in some order. */
  public static Feature ordered(OperatorSite site, Feature x) {
    if (x.view().order().isPresent()) {
      return x;
    }
    boolean innermost = x.rank() == 4 && x.view().dims().get(1).stream().mapToInt(Loop::stride).max().orElse(0)
        < Stream.of(2, 3).flatMap(d -> x.view().dims().get(d).stream()).mapToInt(Loop::stride).min().orElse(0);
    return moved(site, x, innermost ? CHANNELS_LAST : natural(x.rank()));
  }

  /** A node whose dimensions are the tensor's in some order, and whose memory is in C order of them. */
  public static Node arranged(OperatorSite site, Feature x, List<Integer> order) {
    return reshaped(site, moved(site, x, order).node(), sizes(x.dims(), order));
  }

  /** A node's elements in C order under a shape of as many. */
  public static Node reshaped(OperatorSite site, Node node, List<Integer> dims) {
    return node.type().shape().dims().equals(dims) ? node
        : site.inserted(new Op.Reshape(), List.of(node), node.type().withShape(site.shape(dims)));
  }

  /** The tensor with its memory in C order of its dimensions in some order. */
  public static Feature moved(OperatorSite site, Feature x, List<Integer> order) {
    View wanted = x.view().transposed(order);
    if (wanted.isNatural()) {
      return x;
    }
    if (order.equals(CHANNELS_LAST) && isShuffle(x)) {
      return shuffled(site, x);
    }
    List<Loop> target = joined(wanted.loops());
    List<Loop> memory = new ArrayList<>(target);
    memory.sort(Comparator.comparingInt(Loop::stride).reversed());
    Node node = x.node();
    if (target.size() <= HIGHEST_RANK) {
      node = reshaped(site, node, memory.stream().map(Loop::extent).toList());
      node = transposed(site, node, target.stream().map(memory::indexOf).toList());
    } else {
      for (int done = 0; done < target.size(); done++) {
        int at = memory.indexOf(target.get(done));
        if (at != done) {
          node = exchanged(site, node, memory, done, at);
          memory.add(done, memory.remove(at));
        }
      }
    }
    return new Feature(node, View.ordered(x.dims(), order));
  }

  /** Whether a channels-last map has its channels in groups that take turns. */
  private static boolean isShuffle(Feature x) {
    List<Loop> channels = x.view().dims().get(1);
    int count = x.dims().get(1);
    List<Loop> pixels = joined(Stream.of(0, 2, 3).flatMap(d -> x.view().dims().get(d).stream()).toList());
    boolean outside = pixels.isEmpty() || pixels.size() == 1 && pixels.get(0).stride() == count;
    return outside && channels.size() == 2 && channels.get(0).stride() == 1
        && channels.get(1).stride() == channels.get(0).extent();
  }

  private static Feature shuffled(OperatorSite site, Feature x) {
    List<Integer> dims = sizes(x.dims(), CHANNELS_LAST);
    Node map = reshaped(site, x.node(), dims);
    Node node = site.insertedMove(new Op.ChannelShuffle(x.view().dims().get(1).get(1).extent()), map, dims);
    return new Feature(node, View.ordered(x.dims(), CHANNELS_LAST));
  }

  /** Loops that continue each other are one. */
  private static List<Loop> joined(List<Loop> loops) {
    return new View(List.of(loops)).loops();
  }

  /** One loop moved to an earlier place. */
  private static Node exchanged(OperatorSite site, Node node, List<Loop> memory, int to, int from) {
    List<Integer> blocks = List.of(product(memory.subList(0, to)), product(memory.subList(to, from)),
        memory.get(from).extent(), product(memory.subList(from + 1, memory.size())));
    return transposed(site, reshaped(site, node, blocks), List.of(0, 2, 1, 3));
  }

  private static int product(List<Loop> loops) {
    return loops.stream().mapToInt(Loop::extent).reduce(1, Math::multiplyExact);
  }

  private static Node transposed(OperatorSite site, Node node, List<Integer> order) {
    List<Integer> dims = sizes(node.type().shape().dims(), order);
    return site.inserted(new Op.Transpose(order), List.of(node), node.type().withShape(site.shape(dims)));
  }
}
