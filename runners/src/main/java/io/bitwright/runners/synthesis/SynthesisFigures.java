package io.bitwright.runners.synthesis;

import java.util.SortedMap;

/**
 * What a design takes of a device, before place and route.
 *
 * @param luts  look-up tables, those of carry chains and small memories included
 * @param flipFlops  registers
 * @param dspBlocks  multiplier blocks
 * @param blockRams  memory blocks of 18 Kbit
 * @param cells  by type, as the tool names them, how many there are
 */
public record SynthesisFigures(long luts, long flipFlops, long dspBlocks, long blockRams,
    SortedMap<String, Long> cells) {}
