package io.bitwright.frontend.language.layer;

/**
 * A line of a layer table. Texts that do not apply to a kind are empty.
 *
 * @param layer  name of the layer
 * @param kind  conv, pwconv, dwconv, gconv, fc, bn, maxpool, avgpool, add, mul, concat, split, channel_shuffle, lrn
 * @param kernel  {@code HxW}
 * @param stride  of rows, in pixels
 * @param groups  of a convolution or a shuffle
 * @param cin  input channels; of a concat {@code a+b}
 * @param cout  output channels; of a split {@code a+b}
 * @param in  {@code HxW} of the input
 * @param out  {@code HxW} of the output
 * @param normalized  whether a batch normalisation follows directly, counted in {@code params}
 * @param params  trained numbers: weights, bias, gamma and beta
 * @param foldedParams  weights and one bias after folding the normalisation
 * @param macs  multiply-accumulates of convolutions and fully connected layers
 */
public record LayerRow(String layer, String kind, String kernel, String stride, String groups, String cin, String cout,
    String in, String out, boolean normalized, long params, long foldedParams, long macs) {}
