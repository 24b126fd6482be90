package io.bitwright.ir.type;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Where the elements of a tensor lie in the flat memory of another one of as many elements: a bijection. Each dimension
 * is a list of loops, outermost first; a dimension of size 1 has none. Transpositions, and reshapes that split or join
 * whole loops, give another view of the same memory.
 *
 * @param dims  by dimension; loops that continue each other are one
 */
public record View(List<List<Loop>> dims) {
  /** Some elements that are {@code stride} apart. */
  public record Loop(int extent, int stride) {}

  public View {
    dims = dims.stream().map(View::joined).toList();
  }

  private static List<Loop> joined(List<Loop> loops) {
    List<Loop> joined = new ArrayList<>();
    for (Loop loop : loops) {
      Loop last = joined.isEmpty() ? null : joined.get(joined.size() - 1);
      if (loop.extent == 1) {
        continue;
      } else if (last != null && last.stride == loop.extent * loop.stride) {
        joined.set(joined.size() - 1, new Loop(last.extent * loop.extent, loop.stride));
      } else {
        joined.add(loop);
      }
    }
    return List.copyOf(joined);
  }

  /** Elements in C order. */
  public static View natural(List<Integer> shape) {
    return ordered(shape, IntStream.range(0, shape.size()).boxed().toList());
  }

  /**
   * The memory is in C order of the dimensions in some order.
   *
   * @param order  numbers of dimensions, the one that varies slowest in memory first
   */
  public static View ordered(List<Integer> shape, List<Integer> order) {
    List<List<Loop>> dims = new ArrayList<>(Collections.nCopies(shape.size(), List.of()));
    int stride = 1;
    for (int i = order.size() - 1; i >= 0; i--) {
      int dim = order.get(i);
      dims.set(dim, List.of(new Loop(shape.get(dim), stride)));
      stride *= shape.get(dim);
    }
    return new View(dims);
  }

  public List<Integer> shape() {
    return dims.stream().map(View::size).toList();
  }

  private static int size(List<Loop> loops) {
    return loops.stream().mapToInt(Loop::extent).reduce(1, Math::multiplyExact);
  }

  /** All loops, of the first dimension first. */
  public List<Loop> loops() {
    return dims.stream().flatMap(List::stream).toList();
  }

  /** Whether the memory is in C order of the dimensions in some order. */
  public boolean isOrdered(List<Integer> order) {
    List<Loop> all = joined(order.stream().flatMap(d -> dims.get(d).stream()).toList());
    return all.isEmpty() || all.size() == 1 && all.get(0).stride == 1;
  }

  public boolean isNatural() {
    return isOrdered(IntStream.range(0, dims.size()).boxed().toList());
  }

  /** An order of the dimensions in which the memory is in C order; batch, rows, columns, channels where possible. */
  public Optional<List<Integer>> order() {
    List<Integer> bySide = IntStream.range(0, dims.size()).boxed()
        .sorted(Comparator.comparingInt((Integer d) -> dims.get(d).isEmpty() ? 0 : -dims.get(d).get(0).stride)).toList();
    List<Integer> natural = IntStream.range(0, dims.size()).boxed().toList();
    List<List<Integer>> candidates = dims.size() == 4
        ? List.of(List.of(0, 2, 3, 1), natural, bySide) : List.of(natural, bySide);
    return candidates.stream().filter(this::isOrdered).findFirst();
  }

  /** Dimension i of the result is dimension {@code order.get(i)}. */
  public View transposed(List<Integer> order) {
    return new View(order.stream().map(dims::get).toList());
  }

  /** The elements in C order under another shape of as many; empty where a loop would have to be cut unevenly. */
  public Optional<View> reshaped(List<Integer> shape) {
    List<Loop> rest = new ArrayList<>(joined(loops()));
    List<List<Loop>> result = new ArrayList<>();
    for (int size : shape) {
      List<Loop> own = new ArrayList<>();
      int left = size;
      while (left > 1) {
        Loop next = rest.isEmpty() ? new Loop(1, 0) : rest.remove(0);
        if (next.extent > 1 && left % next.extent == 0) {
          own.add(next);
          left /= next.extent;
        } else if (next.extent % left == 0 && next.extent > left) {
          int inner = next.extent / left;
          own.add(new Loop(left, next.stride * inner));
          rest.add(0, new Loop(inner, next.stride));
          left = 1;
        } else {
          return Optional.empty();
        }
      }
      result.add(own);
    }
    return Optional.of(new View(result));
  }

  /** Flat positions in memory of the elements of some dimensions in C order, all other indices 0. */
  public int[] positions(int fromDim, int toDim) {
    int[] positions = {0};
    for (List<Loop> dim : dims.subList(fromDim, toDim)) {
      for (Loop loop : dim) {
        int[] next = new int[Math.multiplyExact(positions.length, loop.extent)];
        for (int i = 0; i < next.length; i++) {
          next[i] = positions[i / loop.extent] + i % loop.extent * loop.stride;
        }
        positions = next;
      }
    }
    return positions;
  }

  /** The elements as they lie in memory, from the tensor's own C order. */
  public byte[] toMemory(byte[] own, int elementBytes) {
    int[] positions = positions(0, dims.size());
    byte[] memory = new byte[own.length];
    for (int i = 0; i < positions.length; i++) {
      System.arraycopy(own, i * elementBytes, memory, positions[i] * elementBytes, elementBytes);
    }
    return memory;
  }

  /** The elements in the tensor's own C order, from memory. */
  public byte[] toOwn(byte[] memory, int elementBytes) {
    int[] positions = positions(0, dims.size());
    byte[] own = new byte[memory.length];
    for (int i = 0; i < positions.length; i++) {
      System.arraycopy(memory, positions[i] * elementBytes, own, i * elementBytes, elementBytes);
    }
    return own;
  }
}
