package io.bitwright.c.kernel;

/**
 * A {@code Reduce}: sum or maximum over the taps inside of the image. Template {@code ReduceModel.ftl}.
 *
 * @param start  what the accumulators begin with
 * @param countsTaps  whether the number of taps inside is counted
 */
public record ReduceModel(Frame frame, String ifm, String ofm, Geometry geometry, int width, int outputPitch,
    String type, String outputType, String accumulator, int channels, boolean maximum, String start,
    boolean countsTaps, String epilogue) {}
