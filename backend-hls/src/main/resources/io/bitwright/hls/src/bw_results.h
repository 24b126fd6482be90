/* SPDX-License-Identifier: 0BSD */
/*
 * How results leave a stage that has PE of them at a time: RESULTS a cycle go through the scalar body in order of
 * the channel, while the next are summed up.
 */
#ifndef BW_RESULTS_H
#define BW_RESULTS_H
#include "bw_stream.h"

/* Gives the beat that begins with a channel, and moves the other accumulators up. */
template <class C>
void bw_give_results(hls::stream<bw_beat<C::RESULTS> >& out, typename C::acc_t held[C::PE], int channel, int taps) {
  BW_PRAGMA(HLS INLINE)
  bw_beat<C::RESULTS> beat;
  for (int r = 0; r < C::RESULTS; ++r) {
    BW_PRAGMA(HLS UNROLL)
    const bool there = C::CHANNELS % C::RESULTS == 0 || channel + r < C::CHANNELS;
    beat.lane[r] = there ? C::epilogue(held[r], bw_index(channel + r), bw_index(taps)) : bw_code(0);
  }
  out.write(beat);
  for (int p = 0; p < C::PE - C::RESULTS; ++p) {
    BW_PRAGMA(HLS UNROLL)
    held[p] = held[p + C::RESULTS];
  }
}
#endif
