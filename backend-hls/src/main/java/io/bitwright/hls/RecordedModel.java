package io.bitwright.hls;

import java.util.List;

/** A recorded inference: bytes as the model types them. Template {@code RecordedModel.ftl}. */
public record RecordedModel(NetworkModel network, List<String> inputRows, List<String> outputRows) {}
