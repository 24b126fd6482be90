package io.bitwright.ir.type;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A static tensor shape, outermost dimension first; feature maps are NHWC. A scalar has rank 0.
 *
 * @param dims  sizes, each at least 1; their product is at most 2^31 - 1
 */
public record Shape(List<Integer> dims) {
  public Shape {
    dims = List.copyOf(dims);
    long elements = 1;
    for (int d : dims) {
      if (d < 1) {
        throw new IllegalArgumentException("dimension " + d + " must be at least 1");
      }
      elements *= d;
      if (elements > Integer.MAX_VALUE) {
        throw new IllegalArgumentException("more than 2^31 - 1 elements");
      }
    }
  }

  public static Shape of(int... dims) {
    return new Shape(Arrays.stream(dims).boxed().toList());
  }

  public int rank() {
    return dims.size();
  }

  /** Size of a dimension; a negative index counts from the end. */
  public int dim(int index) {
    return dims.get(index < 0 ? index + dims.size() : index);
  }

  public int elements() {
    int elements = 1;
    for (int d : dims) {
      elements *= d;
    }
    return elements;
  }

  /** This shape with 1s put in front until it has four dimensions (N, H, W, C); element order is unchanged. */
  public Shape toNhwc() {
    if (rank() > 4) {
      throw new IllegalArgumentException("rank " + rank() + " is above 4");
    }
    int[] four = {1, 1, 1, 1};
    for (int i = 0; i < rank(); i++) {
      four[4 - rank() + i] = dims.get(i);
    }
    return of(four);
  }

  /** {@code 1x49x10x1}; the empty text for a scalar. */
  @Override
  public String toString() {
    return dims.stream().map(String::valueOf).collect(Collectors.joining("x"));
  }
}
