package io.bitwright.dataflow.fold;

/**
 * How a kernel is spread over hardware.
 *
 * @param lanes  MAC multipliers; 0 where the kernel multiplies nothing
 * @param intervalCycles  cycles a frame
 * @param pe  output channels worked on together
 * @param wordLanes  channels of the input read together
 * @param tapLanes  taps read together
 */
record Folding(int lanes, long intervalCycles, int pe, int wordLanes, int tapLanes) {}
