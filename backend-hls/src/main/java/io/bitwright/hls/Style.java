package io.bitwright.hls;

import io.bitwright.target.HardwareOptions.Pragmas;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What the pragmas of a tree are written for.
 *
 * @param pragmas  the tool
 * @param framesMacro  the name of the macro that says how many frames a call takes
 */
record Style(Pragmas pragmas, String framesMacro) {
  private static final Pattern OF_LOOPS = Pattern.compile(" *BW_PRAGMA\\(HLS (PIPELINE|UNROLL).*");

  /** How scalar bodies are built: into the loop that calls them, or as pipelines of their own. */
  String inlining() {
    return pragmas == Pragmas.VITIS ? "INLINE" : "PIPELINE II=1";
  }

  /** A header without the pragmas that the tool rejects: those of loops. */
  String header(String text) {
    if (pragmas == Pragmas.VITIS) {
      return text;
    }
    return text.lines().filter(l -> !OF_LOOPS.matcher(l).matches()).collect(Collectors.joining("\n", "", "\n"));
  }
}
