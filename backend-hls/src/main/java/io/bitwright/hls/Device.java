package io.bitwright.hls;

import io.bitwright.boards.Board;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the vendor's tool is told of the device.
 *
 * @param periodNs  the clock's period, at most three decimals
 * @param megahertz  the clock
 */
record Device(String part, String periodNs, String megahertz) {
  /** A small part that the vendor's tools take without a licence, for boards that name none. */
  private static final String USUAL_PART = "xc7z020clg400-1";
  private static final long USUAL_HZ = 100_000_000;
  private static final Pattern PART = Pattern.compile("-part ([A-Za-z0-9-]+)");

  static Device of(Board board) {
    Matcher part = PART.matcher(board.flags());
    boolean named = part.find();
    BigDecimal hertz = BigDecimal.valueOf(named ? board.clockHz() : USUAL_HZ);
    return new Device(named ? part.group(1) : USUAL_PART,
        BigDecimal.valueOf(1_000_000_000L).divide(hertz, 3, RoundingMode.DOWN).stripTrailingZeros().toPlainString(),
        hertz.movePointLeft(6).stripTrailingZeros().toPlainString());
  }
}
