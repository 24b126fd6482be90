package io.bitwright.testkit;

import io.bitwright.ir.op.OpKind;

/** What docs/operators.md says of each operator besides its row; javac lists an operator that lacks it. */
final class OperatorRules {
  private static final String WEIGHTS = " `weights` and `bias` are constants; weights of f32 for f32, else of the operand's "
      + "element type (i8 for i16, zero point 0), quantised as a whole or, i8 only, along the filters; bias of one f32 or "
      + "i32 a filter, i32 or i64 for i16, zero point 0.";
  private static final String SAME_SHAPE = "The result has the operand's shape";
  private static final String PROBABILITY =
      SAME_SHAPE + " and element type; quantised, its scale is 1/256 and its zero point the smallest code; of i16 "
      + "1/32768 and 0.";
  private static final String POOL = "`x` is an activation of four dimensions; the result is quantised as `x`. "
      + "Every window has a tap inside of the image. `clamp` lies within the codes.";

  private static final String RESIZED =
      "Activations of four dimensions, which agree but for height and width; at most one of the attributes is true.";
  private static final String PADDED = "Activations of one type but for the shape; `before` and `after` have an entry of at "
      + "least 0 a dimension; `value` is a code of the type, or a real.";

  private OperatorRules() {}

  static String attributes(OpKind kind) {
    return switch (kind) {
      case INPUT, RESHAPE, LOGISTIC, HARD_SWISH, HARD_SIGMOID, SWISH, TANH, DEQUANTIZE, TABLE, LOG_SOFTMAX -> "";
      case CONSTANT -> "`name`";
      case CONV2D -> "`kernel`, `stride`, `dilation`, `pad`, `groups`, `clamp`, `round`";
      case DEPTHWISE_CONV2D -> "`kernel`, `stride`, `dilation`, `pad`, `multiplier`, `clamp`, `round`";
      case FULLY_CONNECTED, ADD, MUL -> "`clamp`, `round`";
      case AVERAGE_POOL2D -> "`kernel`, `stride`, `dilation`, `pad`, `divisor`, `clamp`";
      case MAX_POOL2D -> "`kernel`, `stride`, `dilation`, `pad`, `clamp`";
      case MEAN -> "`axes`, `keep_dims`, `round`";
      case CONCAT -> "`axis`, `interleaved`";
      case PAD -> "`before`, `after`, `value`";
      case SLICE -> "`begin`, `extent`";
      case CHANNEL_SHUFFLE -> "`groups`";
      case ELEMENTWISE -> "`function`, `clamp`, `round`";
      case UNARY -> "`function`, `round`";
      case TRANSPOSE -> "`order`";
      case GATHER -> "`axis`, `indices`";
      case RESIZE_BILINEAR -> "`align_corners`, `half_pixel_centers`";
      case ARG_MAX -> "`last`";
      case BATCH_NORM -> "`epsilon`, `clamp`";
      case LOCAL_RESPONSE_NORM -> "`size`, `alpha`, `beta`, `bias`";
      case SOFTMAX -> "`beta`";
      case RELU -> "`kind`, `round`";
      case CLIP -> "`limits`, `round`";
      case QUANTIZE -> "`round`";
    };
  }

  static String rules(OpKind kind) {
    return switch (kind) {
      case INPUT -> "f32, i8, u8, i16 or i32.";
      case CONSTANT -> "The contents have the type's element type and as many elements as its shape.";
      case CONV2D -> "`x` and the result are activations of one element type and four dimensions; weights are O, H, W, I with "
          + "I times `groups` the channels of `x`; `groups` divides both channel counts." + WEIGHTS;
      case DEPTHWISE_CONV2D -> "`x` and the result are activations of one element type and four dimensions; weights are 1, H, "
          + "W, O with O the channels of `x` times `multiplier`." + WEIGHTS;
      case FULLY_CONNECTED -> "Weights are O, K with K the last dimension of `x`; the result has the shape of `x` with O in "
          + "its place." + WEIGHTS;
      case AVERAGE_POOL2D, MAX_POOL2D -> POOL;
      case MEAN -> "Activations of one element type; `axes` ascend within the rank, at least one.";
      case ADD, MUL -> "Activations of one element type; shapes are aligned at their last dimensions, where sizes are equal or 1.";
      case CONCAT -> "The operands agree with the result in type but for the size along `axis`; u8 may be quantised differently "
          + "and is rescaled. Interleaved operands are of one type, `axis` is the last dimension.";
      case PAD -> PADDED;
      case SLICE -> "The result has the type of `x` but for the shape, which is `extent`; the box that starts at `begin` lies "
          + "inside of `x`.";
      case CHANNEL_SHUFFLE -> "The result has the type of `x`; `groups` divides its last dimension.";
      case ELEMENTWISE -> "Activations of one element type; shapes are aligned at their last dimensions, where sizes are equal "
          + "or 1. `min` and `max` of codes take operands quantised as the result; `div` of codes has `round=tflite` and 8 bits.";
      case UNARY -> SAME_SHAPE + " and element type: `abs` any activation, "
          + "`rsqrt` and `exp` f32, i8 or u8, the others f32.";
      case TRANSPOSE -> "The result has the type of `x` but for the shape; `order` names each dimension of `x` once.";
      case GATHER -> "The result has the type of `x` but for the size along `axis`, which is the number of `indices`; each is "
          + "one of that dimension.";
      case RESIZE_BILINEAR -> RESIZED;
      case LOG_SOFTMAX -> SAME_SHAPE + "; both are f32. At least one dimension.";
      case ARG_MAX -> "`x` is an activation with at least one dimension; the result is i32 and has the shape of `x` without the "
          + "last.";
      case BATCH_NORM -> SAME_SHAPE + "; both are f32. The other operands are constants, f32 for each channel (last dimension); "
          + "every `variance + epsilon` is positive.";
      case LOCAL_RESPONSE_NORM -> SAME_SHAPE + " and element type; at least one dimension. `size` is 1 to 64, `alpha` not "
          + "negative, `bias` positive.";
      case RESHAPE -> "The result has as many elements as `x` and its element type and quantisation, which is not per axis.";
      case SOFTMAX -> "At least one dimension; `beta` is positive. " + PROBABILITY;
      case LOGISTIC -> PROBABILITY;
      case HARD_SWISH, RELU, CLIP, HARD_SIGMOID, SWISH, TANH -> SAME_SHAPE + " and element type.";
      case QUANTIZE -> SAME_SHAPE + "; from an activation to a quantised one.";
      case DEQUANTIZE -> SAME_SHAPE + "; from a quantised activation to f32.";
      case TABLE -> SAME_SHAPE + "; both are quantised activations. `table` is a constant of 256 elements of the result's element "
          + "type: entry i belongs to the i-th smallest code.";
    };
  }
}
