package io.bitwright.hls;

import java.util.List;

/**
 * The network's code. Template {@code SourceModel.ftl}.
 *
 * @param stages  text of each stage
 * @param fifos  in order of the stream
 * @param processes  calls in order of the stream
 */
public record SourceModel(NetworkModel network, List<String> headers, List<String> stages, List<Fifo> fifos,
    List<String> processes) {
  /** A stream between two processes. */
  public record Fifo(String name, int lanes, int depth) {}
}
