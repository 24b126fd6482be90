package io.bitwright.c;

import io.bitwright.c.kernel.Constants.ConstantArray;
import java.util.List;

/** The constant arrays. Template {@code WeightsModel.ftl}. */
public record WeightsModel(Network network, List<ConstantArray> arrays, boolean usesMath) {}
