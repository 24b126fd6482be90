package io.bitwright.c;

import io.bitwright.c.kernel.Constants.ConstantArray;
import java.util.List;

/** Declarations of the constant arrays. Template {@code WeightsHeaderModel.ftl}. */
public record WeightsHeaderModel(Network network, List<ConstantArray> arrays) {}
