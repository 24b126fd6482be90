/* SPDX-License-Identifier: 0BSD */
/*
 * What flows between stages. A feature map travels in raster order, channels fastest; each pixel starts a beat,
 * and in its last beat the lanes past the last channel carry 0.
 */
#ifndef BW_STREAM_H
#define BW_STREAM_H
#include <ap_axi_sdata.h>
#include <ap_int.h>
#include <hls_stream.h>

#include "bw_pragma.h"
#include "bw_scalar.h"

/* An 8-bit code of a tensor as it is stored: that of an unsigned tensor less 128. */
typedef ap_int<8> bw_code;

/* Neighbouring codes; lane 0 comes first. */
template <int LANES>
struct bw_beat {
  bw_code lane[LANES];
  bw_beat() {
    BW_PRAGMA(HLS INLINE)
    BW_PRAGMA(HLS ARRAY_PARTITION variable=this->lane type=complete dim=1)
  }
};

/* Index of a channel, number of taps. */
typedef ap_int<17> bw_index;

/* Takes BEATS beats from AXI4-Stream. Where frames end is known from counting. */
template <int BEATS, int LANES>
void bw_from_axi(hls::stream<ap_axiu<8 * LANES, 0, 0, 0> >& in, hls::stream<bw_beat<LANES> >& out) {
  BW_PRAGMA(HLS INLINE)
  for (int i = 0; i < BEATS; ++i) {
    BW_PRAGMA(HLS PIPELINE II=1)
    BW_CYCLE
    const ap_axiu<8 * LANES, 0, 0, 0> word = in.read();
    bw_beat<LANES> beat;
    for (int l = 0; l < LANES; ++l) {
      BW_PRAGMA(HLS UNROLL)
      beat.lane[l] = word.data.range(8 * l + 7, 8 * l);
    }
    out.write(beat);
  }
}

/* Gives frames of BEATS beats to AXI4-Stream, the last of each marked. */
template <int FRAMES, int BEATS, int LANES>
void bw_to_axi(hls::stream<bw_beat<LANES> >& in, hls::stream<ap_axiu<8 * LANES, 0, 0, 0> >& out) {
  BW_PRAGMA(HLS INLINE)
  for (int frame = 0; frame < FRAMES; ++frame) {
    for (int i = 0; i < BEATS; ++i) {
      BW_PRAGMA(HLS PIPELINE II=1)
      BW_CYCLE
      const bw_beat<LANES> beat = in.read();
      ap_axiu<8 * LANES, 0, 0, 0> word;
      for (int l = 0; l < LANES; ++l) {
        BW_PRAGMA(HLS UNROLL)
        word.data.range(8 * l + 7, 8 * l) = beat.lane[l];
      }
      word.keep = -1;
      word.strb = -1;
      word.last = i == BEATS - 1;
      out.write(word);
    }
  }
}
#endif
