package io.bitwright.runners;

import java.util.List;
import java.util.SortedMap;

/**
 * What came of a run.
 *
 * @param outputs  per frame the raw outputs as the model types them
 * @param layers  by source operator its raw output as the model types it; empty unless asked for
 * @param nanosPerFrame  wall time of the inferences alone, divided by their number
 */
public record Execution(List<List<byte[]>> outputs, SortedMap<Integer, byte[]> layers, long nanosPerFrame) {}
