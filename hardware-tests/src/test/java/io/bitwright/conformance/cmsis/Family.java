package io.bitwright.conformance.cmsis;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What the vectors in {@code suites/cmsis_nn_s8} test, by name: taken, or why not. */
public enum Family {
  CONVOLUTION("convolution", "",
      "basic", "conv_1_x_n_1", "conv_1_x_n_2", "conv_1_x_n_3", "conv_1_x_n_8", "conv_2", "conv_2x2_dilation",
      "conv_2x2_dilation_5x5_input", "conv_3x3_dilation_5x5_input", "conv_4", "conv_5", "conv_dilation_golden",
      "conv_out_activation", "kernel1x1", "kernel1x1_stride_x", "kernel1x1_stride_x_y", "kernel1x1_stride_x_y_1",
      "kernel1x1_stride_x_y_2", "stride2pad1"),
  GROUPED("grouped convolution", "", "grouped_conv_1", "grouped_conv_2", "grouped_conv_3"),
  DEPTHWISE("depthwise convolution", "",
      "depthwise_2", "depthwise_eq_in_out_ch", "depthwise_kernel_3x3", "depthwise_mult_batches",
      "depthwise_null_bias_1", "depthwise_out_activation", "depthwise_sub_block", "depthwise_x_stride",
      "in_ch_one_out_ch_larger_one"),
  FULLY_CONNECTED("fully connected", "",
      "fc_per_ch", "fully_connected_mve_0", "fully_connected_mve_1", "fully_connected_null_bias_0",
      "fully_connected_out_activation", "fully_connected_w_zp"),
  AVERAGE("average pooling", "", "avgpooling", "avgpooling_1", "avgpooling_2", "avgpooling_3"),
  MAXIMUM("maximum pooling", "", "maxpooling_1", "maxpooling_2", "maxpooling_4", "maxpooling_5", "maxpooling_7"),
  PAD("pad", "", "pad_int8_1", "pad_int8_2"),
  MUL("multiplication", "", "mul"),
  NETWORK("a whole network", "", "ds_cnn_s"),
  ELEMENTWISE_EXTREME("element-wise minimum and maximum", "",
      "maximum_broadcast_batch_int8", "maximum_broadcast_height_int8", "maximum_broadcast_width_int8",
      "maximum_scalar_1_int8", "maximum_scalar_2_int8", "minimum_broadcast_batch_int8", "minimum_broadcast_ch_int8",
      "minimum_broadcast_width_int8", "minimum_no_broadcast_int8", "minimum_scalar_1_int8", "minimum_scalar_2_int8"),
  TRANSPOSED_CONVOLUTION("transposed convolution", "TRANSPOSE_CONV is no operator of ours",
      "reverse_transpose_conv_1", "reverse_transpose_conv_3", "reverse_transpose_conv_4", "transpose_conv_1",
      "transpose_conv_2", "transpose_conv_3"),
  TRANSPOSE("transpose", "the vectors lack their shapes and orders; TFLite's kernel is the oracle below",
      "transpose_3dim", "transpose_3dim2", "transpose_chwn", "transpose_default", "transpose_matrix",
      "transpose_nchw", "transpose_nhcw", "transpose_nwhc");

  private final String title;
  private final String whyNot;
  private final List<String> names;

  Family(String title, String whyNot, String... names) {
    this.title = title;
    this.whyNot = whyNot;
    this.names = List.of(names);
  }

  /** In a few words, for people. */
  public String title() {
    return title;
  }

  public boolean taken() {
    return whyNot.isEmpty();
  }

  /** Why the vectors are not taken; empty where they are. */
  public String whyNot() {
    return whyNot;
  }

  /** The vectors, by file name without extension. */
  public List<String> names() {
    return names;
  }

  static Optional<Family> of(String name) {
    return Arrays.stream(values()).filter(f -> f.names.contains(name)).findFirst();
  }
}
