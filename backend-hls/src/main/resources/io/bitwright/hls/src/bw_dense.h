/* SPDX-License-Identifier: 0BSD */
/*
 * Convolution, dense or grouped, and fully connected. Each pixel brings GROUPS patches of BEATS beats of LANES
 * codes; PASSES passes over a patch give PE output channels each, the last one maybe fewer. The first pass reads
 * the stream and keeps the patch for the others. A word of weights belongs to each group, pass and beat.
 */
#ifndef BW_DENSE_H
#define BW_DENSE_H
#include "bw_multiply.h"
#include "bw_results.h"

template <class C>
void bw_dense(hls::stream<bw_beat<C::LANES> >& in, hls::stream<bw_beat<C::RESULTS> >& out,
              const signed char weights[C::GROUPS * C::PASSES * C::BEATS][C::PE][C::LANES],
              const int bias[C::GROUPS * C::PASSES][C::PE],
              bw_code patch[C::PASSES > 1 ? C::BEATS : 1][C::LANES]) {
  BW_PRAGMA(HLS INLINE)
  const int LAST_CHANNELS = C::OUTPUTS - (C::PASSES - 1) * C::PE;
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
      for (int pass = 0; pass < C::PASSES; ++pass) {
        for (int beat = 0; beat < C::BEATS; ++beat) {
          BW_PRAGMA(HLS PIPELINE II=1)
          BW_CYCLE
          bw_beat<C::LANES> codes;
          if (pass == 0) {
            codes = in.read();
            if (C::PASSES > 1) {
              for (int l = 0; l < C::LANES; ++l) {
                BW_PRAGMA(HLS UNROLL)
                patch[beat][l] = codes.lane[l];
              }
            }
          } else {
            for (int l = 0; l < C::LANES; ++l) {
              BW_PRAGMA(HLS UNROLL)
              codes.lane[l] = patch[beat][l];
            }
          }
          for (int p = 0; p < C::PE; ++p) {
            BW_PRAGMA(HLS UNROLL)
            ap_int<8 + C::WEIGHT_BITS + bw_log2(C::LANES)> sum = 0;
            for (int l = 0; l < C::LANES; ++l) {
              BW_PRAGMA(HLS UNROLL)
              sum += bw_multiply<C>(p * C::LANES + l, codes.lane[l], weights[word][p][l]);
            }
            const typename C::acc_t before = beat == 0 ? typename C::acc_t(bias[group * C::PASSES + pass][p]) : acc[p];
            acc[p] = before + sum;
          }
          word = word < C::GROUPS * C::PASSES * C::BEATS - 1 ? word + 1 : 0;
          if (beat == C::BEATS - 1) {
            for (int p = 0; p < C::PE; ++p) {
              BW_PRAGMA(HLS UNROLL)
              held[p] = acc[p];
            }
            waiting = pass == C::PASSES - 1 ? LAST_GIVES : GIVES;
            channel = group * C::OUTPUTS + pass * C::PE;
          }
          if (waiting > 0) {
            bw_give_results<C>(out, held, channel, 0);
            channel += C::RESULTS;
            --waiting;
          }
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
