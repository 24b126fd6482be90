package io.bitwright.frontend.tflite.schema;

/** The numbers of option tables in the schema's union BuiltinOptions. */
public final class OptionTypes {
  /** The operator has no options. */
  public static final int NONE = 0;
  public static final int CONV_2D = 1;
  public static final int DEPTHWISE_CONV_2D = 2;
  public static final int POOL_2D = 5;
  public static final int FULLY_CONNECTED = 8;
  public static final int SOFTMAX = 9;
  public static final int CONCATENATION = 10;
  public static final int ADD = 11;
  public static final int LOCAL_RESPONSE_NORMALIZATION = 13;
  public static final int RESIZE_BILINEAR = 15;
  public static final int RESHAPE = 17;
  public static final int MUL = 21;
  public static final int PAD = 22;
  public static final int GATHER = 23;
  public static final int TRANSPOSE = 26;
  public static final int REDUCER = 27;
  public static final int SUB = 28;
  public static final int DIV = 29;
  public static final int SQUEEZE = 30;
  public static final int EXP = 33;
  public static final int LOG_SOFTMAX = 36;
  public static final int DEQUANTIZE = 38;
  public static final int MAXIMUM_MINIMUM = 39;
  public static final int ARG_MAX = 40;
  public static final int NEG = 42;
  public static final int PAD_V2 = 43;
  public static final int SLICE = 48;
  public static final int SQUARE = 66;
  public static final int LEAKY_RELU = 75;
  public static final int ABS = 78;
  public static final int QUANTIZE = 89;
  public static final int HARD_SWISH = 91;

  private OptionTypes() {}
}
