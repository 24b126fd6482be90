package io.bitwright.frontend.tflite.schema;

/** The places of the fields in the schema's tables, counted from 0. */
public final class Slots {
  public static final int MODEL_VERSION = 0;
  public static final int MODEL_OPERATOR_CODES = 1;
  public static final int MODEL_SUBGRAPHS = 2;
  public static final int MODEL_DESCRIPTION = 3;
  public static final int MODEL_BUFFERS = 4;
  public static final int MODEL_METADATA = 6;
  public static final int MODEL_SIGNATURES = 7;

  public static final int CODE_DEPRECATED_BUILTIN = 0;
  public static final int CODE_CUSTOM = 1;
  public static final int CODE_VERSION = 2;
  public static final int CODE_BUILTIN = 3;

  public static final int SUBGRAPH_TENSORS = 0;
  public static final int SUBGRAPH_INPUTS = 1;
  public static final int SUBGRAPH_OUTPUTS = 2;
  public static final int SUBGRAPH_OPERATORS = 3;
  public static final int SUBGRAPH_NAME = 4;

  public static final int TENSOR_SHAPE = 0;
  public static final int TENSOR_TYPE = 1;
  public static final int TENSOR_BUFFER = 2;
  public static final int TENSOR_NAME = 3;
  public static final int TENSOR_QUANTIZATION = 4;
  public static final int TENSOR_IS_VARIABLE = 5;
  public static final int TENSOR_SPARSITY = 6;

  public static final int QUANTIZATION_SCALE = 2;
  public static final int QUANTIZATION_ZERO_POINT = 3;
  public static final int QUANTIZATION_DIMENSION = 6;

  public static final int OPERATOR_CODE = 0;
  public static final int OPERATOR_INPUTS = 1;
  public static final int OPERATOR_OUTPUTS = 2;
  public static final int OPERATOR_OPTIONS_TYPE = 3;
  public static final int OPERATOR_OPTIONS = 4;

  public static final int BUFFER_DATA = 0;
  public static final int BUFFER_OFFSET = 1;
  public static final int BUFFER_SIZE = 2;

  public static final int METADATA_NAME = 0;
  public static final int METADATA_BUFFER = 1;

  public static final int SIGNATURE_INPUTS = 0;
  public static final int SIGNATURE_OUTPUTS = 1;
  public static final int SIGNATURE_KEY = 2;
  public static final int SIGNATURE_SUBGRAPH = 4;

  public static final int SIGNATURE_TENSOR_NAME = 0;
  public static final int SIGNATURE_TENSOR_INDEX = 1;

  private Slots() {}
}
