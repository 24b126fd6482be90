package io.bitwright.dataflow;

/**
 * What a stage's multipliers are built of.
 *
 * @param macInDsp  how many of the stage's MAC lanes, from lane 0 of output channel 0 on, are DSP blocks; the rest are look-up
 *     tables
 * @param requantiserInDsp  whether products of the scalar body are DSP blocks
 */
public record Multipliers(int macInDsp, boolean requantiserInDsp) {}
