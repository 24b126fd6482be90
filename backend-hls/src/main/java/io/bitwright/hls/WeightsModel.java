package io.bitwright.hls;

import java.util.List;

/** Weights and biases. Template {@code WeightsModel.ftl}. */
public record WeightsModel(NetworkModel network, List<ConstantArray> arrays) {}
