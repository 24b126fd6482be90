/* SPDX-License-Identifier: 0BSD */
/* Pixels of FILL around a map. */
#ifndef BW_PAD_H
#define BW_PAD_H
#include "bw_stream.h"

template <class C>
void bw_pad(hls::stream<bw_beat<C::LANES> >& in, hls::stream<bw_beat<C::LANES> >& out) {
  BW_PRAGMA(HLS INLINE)
  for (int frame = 0; frame < C::FRAMES; ++frame) {
    for (int row = 0; row < C::OUTPUT_HEIGHT; ++row) {
      for (int column = 0; column < C::OUTPUT_WIDTH; ++column) {
        for (int beat = 0; beat < C::BEATS; ++beat) {
          BW_PRAGMA(HLS PIPELINE II=1)
          BW_CYCLE
          const bool inside_row = row >= C::TOP && row < C::TOP + C::HEIGHT;
          const bool inside = inside_row && column >= C::LEFT && column < C::LEFT + C::WIDTH;
          bw_beat<C::LANES> codes;
          if (inside) {
            codes = in.read();
          } else {
            for (int l = 0; l < C::LANES; ++l) {
              BW_PRAGMA(HLS UNROLL)
              codes.lane[l] = beat * C::LANES + l < C::CHANNELS ? bw_code(C::FILL) : bw_code(0);
            }
          }
          out.write(codes);
        }
      }
    }
  }
}
#endif
