/* SPDX-License-Identifier: 0BSD */
/*
 * Softmax over each pixel's channels, one code at a time. What depends on a code and the pixel's largest one is
 * looked up by their difference; the sum's reciprocal is computed once a pixel. The plan leaves
 * RESULT_CYCLES for a result, so that one multiplier does for its scalar body.
 */
#ifndef BW_SOFTMAX_H
#define BW_SOFTMAX_H
#include "bw_stream.h"

template <class C>
void bw_softmax(hls::stream<bw_beat<1> >& in, hls::stream<bw_beat<1> >& out, bw_code codes[C::CHANNELS]) {
  BW_PRAGMA(HLS INLINE)
  for (int pixel = 0; pixel < C::FRAMES * C::PIXELS; ++pixel) {
    bw_code largest = -128;
    for (int c = 0; c < C::CHANNELS; ++c) {
      BW_PRAGMA(HLS PIPELINE II=1)
      BW_CYCLE
      const bw_code code = in.read().lane[0];
      codes[c] = code;
      largest = largest < code ? code : largest;
    }
    typename C::sum_t sum = 0;
    for (int c = 0; c < C::CHANNELS; ++c) {
      BW_PRAGMA(HLS PIPELINE II=1)
      BW_CYCLE
      sum += C::term(int(largest - codes[c]));
    }
    const typename C::reciprocal_t reciprocal = C::reciprocal(sum);
    BW_CYCLES(C::RECIPROCAL_CYCLES)
    for (int c = 0; c < C::CHANNELS; ++c) {
      BW_PRAGMA(HLS PIPELINE II=C::RESULT_CYCLES)
      BW_CYCLES(C::RESULT_CYCLES)
      bw_beat<1> result;
      result.lane[0] = C::scale(C::exponential(int(largest - codes[c])), reciprocal);
      out.write(result);
    }
  }
}
#endif
