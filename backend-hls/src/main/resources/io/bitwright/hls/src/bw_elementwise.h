/* SPDX-License-Identifier: 0BSD */
/* A function of each code and its channel, lane by lane. */
#ifndef BW_ELEMENTWISE_H
#define BW_ELEMENTWISE_H
#include "bw_stream.h"

template <class C>
void bw_elementwise(hls::stream<bw_beat<C::LANES> >& in, hls::stream<bw_beat<C::LANES> >& out) {
  BW_PRAGMA(HLS INLINE)
  for (int pixel = 0; pixel < C::FRAMES * C::PIXELS; ++pixel) {
    for (int beat = 0; beat < C::BEATS; ++beat) {
      BW_PRAGMA(HLS PIPELINE II=1)
      BW_CYCLE
      const bw_beat<C::LANES> codes = in.read();
      bw_beat<C::LANES> results;
      for (int l = 0; l < C::LANES; ++l) {
        BW_PRAGMA(HLS UNROLL)
        const int channel = beat * C::LANES + l;
        results.lane[l] = channel < C::CHANNELS ? C::body(codes.lane[l], bw_index(channel)) : bw_code(0);
      }
      out.write(results);
    }
  }
}
#endif
