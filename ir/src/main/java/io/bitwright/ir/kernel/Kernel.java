package io.bitwright.ir.kernel;

import io.bitwright.ir.diag.SourceLocation;
import io.bitwright.ir.op.Window;
import io.bitwright.ir.scalar.Scalar;
import io.bitwright.ir.type.TensorData;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A loop nest that computes one value from others. The kernel owns loops and reduction; what is computed per element is
 * {@link Scalar}. docs/semantics.md states each family's meaning.
 */
public sealed interface Kernel {
  /** What every kernel has. {@code label} is a mnemonic for people, such as {@code conv2d}. */
  record Header(String label, SourceLocation location, List<Value> inputs, Value output) {
    public Header {
      inputs = List.copyOf(inputs);
    }

    public Value input() {
      return inputs.get(0);
    }
  }

  /** How a {@link Dot} connects channels. */
  enum Connection {
    /**
     * Weights [O][kernelH][kernelW][I / groups]; output channel o reads the channels of group {@code o / (O /
     * groups)}.
     */
    DENSE,
    /** Weights [kernelH][kernelW][O]; output channel o reads input channel {@code o / (O / I)}. */
    DEPTHWISE
  }

  /**
   * Sum of products: convolution, depthwise convolution, fully connected (a point window over pixels).
   *
   * <p>Integer: {@code acc = bias[o] + sum w * x - weightZeroPoint * sum x} over all taps of the window, where a tap
   * outside of the image reads {@code paddingCode}. The input's zero point is already in the bias. f32: the products of
   * the taps inside the image added one by one to 0 in the order row, column, channel; then the bias added.
   * Epilogue inputs: {@code acc}, {@code channel} (output channel).
   *
   * @param weights  i8 or f32
   * @param bias  i32, i64 where a sum can exceed 32 bits, or f32; as many as output channels; always present
   * @param paddingCode  the stored code that stands for zero
   * @param weightZeroPoint  present where the weights have one that is not 0
   */
  record Dot(Header header, Connection connection, int groups, Window window, TensorData weights, TensorData bias,
      int paddingCode, OptionalInt weightZeroPoint, Scalar epilogue) implements Kernel {
    /** Input channels that one output channel reads. */
    public int reductionChannels() {
      return connection == Connection.DEPTHWISE ? 1 : header.input().c() / groups;
    }

    /** Products per output element, padding taps included. */
    public int reductionLength() {
      return window.taps() * reductionChannels();
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** What a {@link Reduce} does with the taps. */
  enum Reduction {
    SUM,
    MAX
  }

  /**
   * Sum or maximum over the taps inside the image, channel by channel. f32 sums add in the order row, column to 0.
   * Epilogue inputs: {@code acc}, {@code channel}, {@code taps} (how many lay inside the image).
   */
  record Reduce(Header header, Reduction reduction, Window window, Scalar epilogue) implements Kernel {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /**
   * An operand of a {@link Map}: a value, or a constant with a four-dimensional shape.
   *
   * @param firstChannel  what is read for output channel c is channel {@code firstChannel + c}; 0 for a constant
   */
  record Operand(Optional<Value> value, Optional<TensorData> constant, io.bitwright.ir.type.Shape shape,
      int firstChannel) {
    public static Operand of(Value value) {
      return of(value, 0);
    }

    /** A value with more channels than the output, read from some channel on. */
    public static Operand of(Value value, int firstChannel) {
      return new Operand(Optional.of(value), Optional.empty(), value.shape(), firstChannel);
    }

    public static Operand of(TensorData constant, io.bitwright.ir.type.Shape shape) {
      return new Operand(Optional.empty(), Optional.of(constant), shape.toNhwc(), 0);
    }
  }

  /**
   * A function of one or more operands, element by element; an operand's dimension of size 1 broadcasts.
   * Body inputs: {@code x0}, {@code x1}, ... as many as operands, then {@code channel}. A U8 value is fed and given as
   * stored (re-centred).
   */
  record Map(Header header, List<Operand> operands, Scalar body) implements Kernel {
    public Map {
      operands = List.copyOf(operands);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** {@code out = table[in + 128]}; 256 i8 entries of stored codes. */
  record Table(Header header, TensorData table) implements Kernel {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /**
   * Softmax over each pixel's channels. With m the row's maximum: {@code e_i = exponential(x_i - m)},
   * {@code s = sum term(e_i)} in channel order, {@code r = reciprocal(s)} (one or more results),
   * {@code y_i = scale(e_i, r...)}.
   */
  record RowSoftmax(Header header, Scalar exponential, Scalar term, Scalar reciprocal, Scalar scale) implements Kernel {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /**
   * A box of elements copied from an input to the output; all lists are N, H, W, C. The element at offset o of the box
   * goes to {@code to[d] + o[d] * toStep[d]} and comes from {@code from[order[d]] + o[d] * fromStep[order[d]]}.
   *
   * @param input  index of the input
   * @param extent  elements along each of the output's dimensions
   * @param fromStep  how far apart the elements are in the input; 0 repeats one
   * @param toStep  how far apart they are in the output
   * @param order  which of the input's dimensions runs along each of the output's
   */
  record Piece(int input, List<Integer> from, List<Integer> to, List<Integer> extent, List<Integer> fromStep,
      List<Integer> toStep, List<Integer> order) {
    private static final List<Integer> STEADY = List.of(1, 1, 1, 1);
    private static final List<Integer> STRAIGHT = List.of(0, 1, 2, 3);

    /** A box of neighbours. */
    public Piece(int input, List<Integer> from, List<Integer> to, List<Integer> extent) {
      this(input, from, to, extent, STEADY, STEADY, STRAIGHT);
    }

    /** A box whose elements are apart. */
    public Piece(int input, List<Integer> from, List<Integer> to, List<Integer> extent, List<Integer> fromStep,
        List<Integer> toStep) {
      this(input, from, to, extent, fromStep, toStep, STRAIGHT);
    }

    /** A whole input with its dimensions in another order. */
    public static Piece transposed(List<Integer> extent, List<Integer> order) {
      List<Integer> origin = List.of(0, 0, 0, 0);
      return new Piece(0, origin, origin, extent, STEADY, STEADY, order);
    }

    public Piece {
      from = List.copyOf(from);
      to = List.copyOf(to);
      extent = List.copyOf(extent);
      fromStep = List.copyOf(fromStep);
      toStep = List.copyOf(toStep);
      order = List.copyOf(order);
    }

    /** Whether neighbours stay neighbours. */
    public boolean isBox() {
      return fromStep.equals(STEADY) && toStep.equals(STEADY) && order.equals(STRAIGHT);
    }
  }

  /**
   * Data movement: concatenation, padding, slices, gathers, transpositions. Elements that no piece covers take {@code
   * fill};
   * pieces do not overlap in the output.
   *
   * @param fill  a stored code, or the bits of an f32; absent where the pieces cover the output, and where one is no
   *     box
   */
  record Move(Header header, List<Piece> pieces, OptionalInt fill) implements Kernel {
    public Move {
      pieces = List.copyOf(pieces);
      if (fill.isPresent() && !pieces.stream().allMatch(Piece::isBox)) {
        throw new IllegalArgumentException("a fill around elements that are no neighbours");
      }
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  Header header();

  <R> R accept(Visitor<R> visitor);

  default List<Value> inputs() {
    return header().inputs();
  }

  default Value output() {
    return header().output();
  }

  /** One method a family and no defaults. */
  interface Visitor<R> {
    R visit(Dot kernel);

    R visit(Reduce kernel);

    R visit(Map kernel);

    R visit(Table kernel);

    R visit(RowSoftmax kernel);

    R visit(Move kernel);
  }
}
