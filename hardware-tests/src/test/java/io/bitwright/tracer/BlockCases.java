package io.bitwright.tracer;

import java.util.List;
import java.util.stream.Stream;

/** The blocks that every back end must compute alike. */
final class BlockCases {
  private BlockCases() {}

  static List<BlockCase> all() {
    return Stream.concat(DigitsBlocks.all().stream(), RandomBlocks.all().stream()).toList();
  }
}
