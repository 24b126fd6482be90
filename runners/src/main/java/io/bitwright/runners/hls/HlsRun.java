package io.bitwright.runners.hls;

import io.bitwright.runners.Execution;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A simulation and what it told of the design.
 *
 * @param framesPerCall  frames that the top function took at once
 * @param cycles  by stage: iterations of its pipelined loops, a call
 * @param fifos  by name
 * @param rounds  cycles of a call with all stages in step; 0 where they were not
 */
public record HlsRun(Execution execution, int framesPerCall, SortedMap<String, Long> cycles,
    SortedMap<String, Fifo> fifos, long rounds) {
  private static final Pattern CYCLES = Pattern.compile("(?m)^cycles (\\w+) (\\d+)$");
  private static final Pattern ROUNDS = Pattern.compile("(?m)^rounds (\\d+)$");
  private static final Pattern FIFO = Pattern.compile("(?m)^fifo (\\w+) depth (\\d+) held (\\d+)$");

  /**
   * A FIFO.
   *
   * @param depth  as the plan has it
   * @param held  most beats that were in it; without parallel stages a whole call's
   */
  public record Fifo(int depth, int held) {}

  public HlsRun {
    cycles = Collections.unmodifiableSortedMap(new TreeMap<>(cycles));
    fifos = Collections.unmodifiableSortedMap(new TreeMap<>(fifos));
  }

  /** Reads what the test bench printed about so many calls. */
  static HlsRun of(Execution execution, int framesPerCall, int calls, String printed) {
    SortedMap<String, Long> cycles = new TreeMap<>();
    for (Matcher m = CYCLES.matcher(printed); m.find();) {
      cycles.put(m.group(1), Long.parseLong(m.group(2)) / calls);
    }
    SortedMap<String, Fifo> fifos = new TreeMap<>();
    for (Matcher m = FIFO.matcher(printed); m.find();) {
      fifos.put(m.group(1), new Fifo(Integer.parseInt(m.group(2)), Integer.parseInt(m.group(3))));
    }
    Matcher rounds = ROUNDS.matcher(printed);
    return new HlsRun(execution, framesPerCall, cycles, fifos,
        rounds.find() ? Long.parseLong(rounds.group(1)) / calls : 0);
  }
}
