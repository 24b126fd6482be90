/* SPDX-License-Identifier: 0BSD */
/*
 * The same codes in the same order in beats of another width. Codes move in pieces of PIECE, which divides the
 * lanes of both sides and what their pixels' last beats hold. Idle lanes are dropped; an output pixel begins with
 * a beat.
 *
 * An iteration takes a beat where less than an output beat is held, and gives one where enough is, the one just
 * taken included; TRIPS iterations do, whatever the data.
 */
#ifndef BW_REPACK_H
#define BW_REPACK_H
#include "bw_stream.h"

template <class C>
void bw_repack(hls::stream<bw_beat<C::IN_LANES> >& in, hls::stream<bw_beat<C::OUT_LANES> >& out) {
  BW_PRAGMA(HLS INLINE)
  const int IN_PIECES = C::IN_LANES / C::PIECE;
  const int OUT_PIECES = C::OUT_LANES / C::PIECE;
  const int PIECES = IN_PIECES + OUT_PIECES - 1;
  bw_code held[PIECES][C::PIECE];
  BW_PRAGMA(HLS ARRAY_PARTITION variable=held type=complete dim=0)
  int pieces = 0;
  int taken = 0;
  int in_beat = 0;
  int given = 0;
  int out_beat = 0;

  for (int trip = 0; trip < C::TRIPS; ++trip) {
    BW_PRAGMA(HLS PIPELINE II=1)
    BW_CYCLE
    if (taken < C::FRAMES * C::IN_BEATS && pieces < OUT_PIECES) {
      const bw_beat<C::IN_LANES> codes = in.read();
      for (int i = 0; i < IN_PIECES; ++i) {
        BW_PRAGMA(HLS UNROLL)
        for (int l = 0; l < C::PIECE; ++l) {
          BW_PRAGMA(HLS UNROLL)
          held[pieces + i][l] = codes.lane[i * C::PIECE + l];
        }
      }
      ++taken;
      const bool last = in_beat == C::IN_PIXEL_BEATS - 1;
      pieces += (last ? C::IN_LAST : C::IN_LANES) / C::PIECE;
      in_beat = last ? 0 : in_beat + 1;
    }
    const bool last = out_beat == C::OUT_PIXEL_BEATS - 1;
    const int wanted = (last ? C::OUT_LAST : C::OUT_LANES) / C::PIECE;
    if (given < C::FRAMES * C::OUT_BEATS && pieces >= wanted) {
      bw_beat<C::OUT_LANES> codes;
      for (int i = 0; i < OUT_PIECES; ++i) {
        BW_PRAGMA(HLS UNROLL)
        for (int l = 0; l < C::PIECE; ++l) {
          BW_PRAGMA(HLS UNROLL)
          codes.lane[i * C::PIECE + l] = i < wanted ? held[i][l] : bw_code(0);
        }
      }
      out.write(codes);
      for (int i = 0; i < PIECES; ++i) {
        BW_PRAGMA(HLS UNROLL)
        for (int l = 0; l < C::PIECE; ++l) {
          BW_PRAGMA(HLS UNROLL)
          held[i][l] = i + wanted < PIECES ? held[i + wanted][l] : bw_code(0);
        }
      }
      ++given;
      pieces -= wanted;
      out_beat = last ? 0 : out_beat + 1;
    }
  }
}
#endif
