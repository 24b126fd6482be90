package io.bitwright.hls;

import java.util.List;

/** README.md of the generated folder. Template {@code ReadmeModel.ftl}. */
public record ReadmeModel(NetworkModel network, List<Row> rows) {
  /** A stage of the table. */
  public record Row(String name, String template, int lanes, long cycles, String comment) {}
}
