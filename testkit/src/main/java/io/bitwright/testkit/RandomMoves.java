package io.bitwright.testkit;

import io.bitwright.ir.graph.Node;
import io.bitwright.ir.op.Op;
import io.bitwright.ir.type.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.stream.IntStream;

/** Random operators that move elements, for {@link RandomGraphs}. */
final class RandomMoves {
  private final Random random;

  RandomMoves(Random random) {
    this.random = random;
  }

  /** An operator of one operand and its result's shape. */
  record Move(Op op, Shape shape) {}

  Move pad(Node x) {
    Shape in = x.type().shape();
    List<Integer> before = new ArrayList<>();
    List<Integer> after = new ArrayList<>();
    List<Integer> dims = new ArrayList<>();
    for (int i = 0; i < in.rank(); i++) {
      boolean spatial = in.rank() != 4 || i == 1 || i == 2 || random.nextInt(8) == 0;
      before.add(spatial ? random.nextInt(3) : 0);
      after.add(spatial ? random.nextInt(3) : 0);
      dims.add(before.get(i) + in.dim(i) + after.get(i));
    }
    return new Move(new Op.Pad(before, after, padValue(x)), new Shape(dims));
  }

  private OptionalDouble padValue(Node x) {
    boolean zero = random.nextInt(3) > 0;
    if (zero || x.type().isFloat()) {
      return zero ? OptionalDouble.empty() : OptionalDouble.of(random.nextBoolean() ? -2.25 : 1.5);
    }
    long least = x.type().element().min();
    return OptionalDouble.of(random.nextBoolean() ? least : least + random.nextInt(256));
  }

  /** Another size of a map of four dimensions; a slice of another tensor. */
  Move resize(Node x) {
    Shape in = x.type().shape();
    if (in.rank() != 4) {
      return slice(x);
    }
    Shape out = Shape.of(in.dim(0), 1 + random.nextInt(8), 1 + random.nextInt(8), in.dim(3));
    int mode = random.nextInt(3);
    return new Move(new Op.ResizeBilinear(mode == 1, mode == 2), out);
  }

  Move slice(Node x) {
    List<Integer> begin = new ArrayList<>();
    List<Integer> extent = new ArrayList<>();
    for (int dim : x.type().shape().dims()) {
      begin.add(random.nextBoolean() ? 0 : random.nextInt(dim));
      extent.add(1 + random.nextInt(dim - begin.get(begin.size() - 1)));
    }
    return new Move(new Op.Slice(begin, extent), new Shape(extent));
  }

  Move transpose(Node x) {
    List<Integer> order = new ArrayList<>(IntStream.range(0, x.type().shape().rank()).boxed().toList());
    Collections.shuffle(order, random);
    Shape shape = new Shape(order.stream().map(x.type().shape()::dim).toList());
    return new Move(new Op.Transpose(order), shape);
  }

  Move gather(Node x) {
    if (x.type().shape().rank() == 0) {
      return slice(x);
    }
    int axis = random.nextInt(x.type().shape().rank());
    List<Integer> dims = new ArrayList<>(x.type().shape().dims());
    List<Integer> indices = random.ints(1 + random.nextInt(6), 0, dims.get(axis)).boxed().toList();
    dims.set(axis, indices.size());
    return new Move(new Op.Gather(axis, indices), new Shape(dims));
  }
}
