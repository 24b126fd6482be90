/* SPDX-License-Identifier: 0BSD */
/*
 * Depthwise convolution: PE neighbouring channels at a time, TAP_LANES taps of each a cycle. Each pixel brings
 * GROUPS groups of channels of BEATS beats; a word of weights belongs to each.
 */
#ifndef BW_DEPTHWISE_H
#define BW_DEPTHWISE_H
#include "bw_multiply.h"
#include "bw_results.h"

template <class C>
void bw_depthwise(hls::stream<bw_beat<C::TAP_LANES * C::PE> >& in, hls::stream<bw_beat<C::RESULTS> >& out,
                  const signed char weights[C::GROUPS * C::BEATS][C::TAP_LANES * C::PE],
                  const int bias[C::GROUPS][C::PE]) {
  BW_PRAGMA(HLS INLINE)
  const int LAST_CHANNELS = C::CHANNELS - (C::GROUPS - 1) * C::PE;
  const int GIVES = C::PE / C::RESULTS;
  const int LAST_GIVES = (LAST_CHANNELS + C::RESULTS - 1) / C::RESULTS;
  typename C::acc_t acc[C::PE];
  BW_PRAGMA(HLS ARRAY_PARTITION variable=acc type=complete dim=1)
  typename C::acc_t held[C::PE];
  BW_PRAGMA(HLS ARRAY_PARTITION variable=held type=complete dim=1)
  int word = 0;
  int waiting = 0;
  int channel = 0;

  for (int pixel = 0; pixel < C::FRAMES * C::PIXELS; ++pixel) {
    for (int group = 0; group < C::GROUPS; ++group) {
      for (int beat = 0; beat < C::BEATS; ++beat) {
        BW_PRAGMA(HLS PIPELINE II=1)
        BW_CYCLE
        const bw_beat<C::TAP_LANES * C::PE> codes = in.read();
        for (int p = 0; p < C::PE; ++p) {
          BW_PRAGMA(HLS UNROLL)
          ap_int<8 + C::WEIGHT_BITS + bw_log2(C::TAP_LANES)> sum = 0;
          for (int t = 0; t < C::TAP_LANES; ++t) {
            BW_PRAGMA(HLS UNROLL)
            const int l = t * C::PE + p;
            sum += bw_multiply<C>(l, codes.lane[l], weights[word][l]);
          }
          const typename C::acc_t before = beat == 0 ? typename C::acc_t(bias[group][p]) : acc[p];
          acc[p] = before + sum;
        }
        word = word < C::GROUPS * C::BEATS - 1 ? word + 1 : 0;
        if (beat == C::BEATS - 1) {
          for (int p = 0; p < C::PE; ++p) {
            BW_PRAGMA(HLS UNROLL)
            held[p] = acc[p];
          }
          waiting = group == C::GROUPS - 1 ? LAST_GIVES : GIVES;
          channel = group * C::PE;
        }
        if (waiting > 0) {
          bw_give_results<C>(out, held, channel, 0);
          channel += C::RESULTS;
          --waiting;
        }
      }
    }
  }
  for (int i = 0; i < LAST_GIVES - 1; ++i) {
    BW_PRAGMA(HLS PIPELINE II=1)
    BW_CYCLE
    bw_give_results<C>(out, held, channel, 0);
    channel += C::RESULTS;
  }
}
#endif
