/* SPDX-License-Identifier: 0BSD */
/*
 * Maximum or sum over windows, PE neighbouring channels at a time. Taps outside of the image carry what changes
 * neither; how many lie inside is counted from the position, for the scalar body.
 */
#ifndef BW_POOL_H
#define BW_POOL_H
#include "bw_results.h"

/* Reductions. */
struct bw_maximum {
  template <int BITS>
  static ap_int<BITS> of(ap_int<BITS> a, ap_int<BITS> b) {
    BW_PRAGMA(HLS INLINE)
    return a < b ? b : a;
  }
};
struct bw_sum {
  template <int BITS>
  static ap_int<BITS> of(ap_int<BITS> a, ap_int<BITS> b) {
    BW_PRAGMA(HLS INLINE)
    return a + b;
  }
};

/* How many of KERNEL taps from `first` on, STEP apart, lie in 0 ... SIZE - 1. */
template <int KERNEL, int STEP, int SIZE>
int bw_taps_inside(int first) {
  BW_PRAGMA(HLS INLINE)
  int inside = 0;
  for (int k = 0; k < KERNEL; ++k) {
    BW_PRAGMA(HLS UNROLL)
    const int at = first + k * STEP;
    if (at >= 0 && at < SIZE) ++inside;
  }
  return inside;
}

template <class C>
void bw_pool(hls::stream<bw_beat<C::TAP_LANES * C::PE> >& in, hls::stream<bw_beat<C::RESULTS> >& out) {
  BW_PRAGMA(HLS INLINE)
  const int LAST_CHANNELS = C::CHANNELS - (C::GROUPS - 1) * C::PE;
  const int GIVES = C::PE / C::RESULTS;
  const int LAST_GIVES = (LAST_CHANNELS + C::RESULTS - 1) / C::RESULTS;
  typename C::acc_t acc[C::PE];
  BW_PRAGMA(HLS ARRAY_PARTITION variable=acc type=complete dim=1)
  typename C::acc_t held[C::PE];
  BW_PRAGMA(HLS ARRAY_PARTITION variable=held type=complete dim=1)
  int waiting = 0;
  int channel = 0;
  int taps = 0;

  for (int frame = 0; frame < C::FRAMES; ++frame) {
    for (int row = 0; row < C::OUTPUT_HEIGHT; ++row) {
      for (int column = 0; column < C::OUTPUT_WIDTH; ++column) {
        for (int group = 0; group < C::GROUPS; ++group) {
          for (int beat = 0; beat < C::BEATS; ++beat) {
            BW_PRAGMA(HLS PIPELINE II=1)
            BW_CYCLE
            const bw_beat<C::TAP_LANES * C::PE> codes = in.read();
            for (int p = 0; p < C::PE; ++p) {
              BW_PRAGMA(HLS UNROLL)
              typename C::acc_t reduced = codes.lane[p];
              for (int t = 1; t < C::TAP_LANES; ++t) {
                BW_PRAGMA(HLS UNROLL)
                reduced = C::reduction::of(reduced, typename C::acc_t(codes.lane[t * C::PE + p]));
              }
              acc[p] = beat == 0 ? reduced : C::reduction::of(acc[p], reduced);
            }
            if (beat == C::BEATS - 1) {
              for (int p = 0; p < C::PE; ++p) {
                BW_PRAGMA(HLS UNROLL)
                held[p] = acc[p];
              }
              waiting = group == C::GROUPS - 1 ? LAST_GIVES : GIVES;
              channel = group * C::PE;
              taps = bw_taps_inside<C::KERNEL_H, C::DILATION_H, C::HEIGHT>(row * C::STRIDE_H - C::PAD_TOP)
                     * bw_taps_inside<C::KERNEL_W, C::DILATION_W, C::WIDTH>(column * C::STRIDE_W - C::PAD_LEFT);
            }
            if (waiting > 0) {
              bw_give_results<C>(out, held, channel, taps);
              channel += C::RESULTS;
              --waiting;
            }
          }
        }
      }
    }
  }
  for (int i = 0; i < LAST_GIVES - 1; ++i) {
    BW_PRAGMA(HLS PIPELINE II=1)
    BW_CYCLE
    bw_give_results<C>(out, held, channel, taps);
    channel += C::RESULTS;
  }
}
#endif
