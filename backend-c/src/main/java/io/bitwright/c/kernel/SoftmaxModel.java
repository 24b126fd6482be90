package io.bitwright.c.kernel;

import java.util.List;

/**
 * A {@code RowSoftmax}: each pixel's channels on their own. Template {@code SoftmaxModel.ftl}.
 *
 * @param results  types of the reciprocal's results
 * @param term  the term of channel c in the sum
 * @param reciprocal  the call where it has one result, or a call that fills {@code r0, r1, ...}
 * @param scaled  the output of channel c
 */
public record SoftmaxModel(Frame frame, String ifm, String ofm, int width, int inputPitch, int outputPitch, int channels,
    String type, String outputType, String wide, String sumType, String zero, List<String> results, String term,
    String reciprocal, String scaled) {
  public boolean single() {
    return results.size() == 1;
  }
}
