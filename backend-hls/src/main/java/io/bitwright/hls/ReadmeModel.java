package io.bitwright.hls;

import java.util.List;

/**
 * README.md of the generated folder. Template {@code ReadmeModel.ftl}.
 *
 * @param wide  FIFOs whose beats are wider than the vendor's tool takes
 */
public record ReadmeModel(NetworkModel network, List<Row> rows, List<String> wide) {
  /** A stage of the table. */
  public record Row(String name, String template, int lanes, long cycles, String comment) {}
}
