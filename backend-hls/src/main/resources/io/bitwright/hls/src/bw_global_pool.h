/* SPDX-License-Identifier: 0BSD */
/* Maximum or sum over the whole image: an accumulator for each channel; results leave with the last pixel. */
#ifndef BW_GLOBAL_POOL_H
#define BW_GLOBAL_POOL_H
#include "bw_pool.h"

template <class C>
void bw_global_pool(hls::stream<bw_beat<C::LANES> >& in, hls::stream<bw_beat<C::LANES> >& out,
                    typename C::acc_t sums[C::BEATS][C::LANES]) {
  BW_PRAGMA(HLS INLINE)
  for (int frame = 0; frame < C::FRAMES; ++frame) {
    for (int pixel = 0; pixel < C::PIXELS; ++pixel) {
      for (int beat = 0; beat < C::BEATS; ++beat) {
        BW_PRAGMA(HLS PIPELINE II=1)
        BW_CYCLE
        const bw_beat<C::LANES> codes = in.read();
        bw_beat<C::LANES> results;
        for (int l = 0; l < C::LANES; ++l) {
          BW_PRAGMA(HLS UNROLL)
          const int channel = beat * C::LANES + l;
          const typename C::acc_t code = codes.lane[l];
          const typename C::acc_t acc = pixel == 0 ? code : C::reduction::of(sums[beat][l], code);
          sums[beat][l] = acc;
          const bool gives = pixel == C::PIXELS - 1 && channel < C::CHANNELS;
          results.lane[l] = gives ? C::epilogue(acc, bw_index(channel), bw_index(C::PIXELS)) : bw_code(0);
        }
        if (pixel == C::PIXELS - 1) out.write(results);
      }
    }
  }
}
#endif
