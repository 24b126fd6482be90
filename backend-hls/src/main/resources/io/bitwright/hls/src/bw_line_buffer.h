/* SPDX-License-Identifier: 0BSD */
/*
 * Line buffer: keeps the last rows of a feature map in a ring of SLOTS pixels and gives the window of each output
 * pixel, in raster order; for each, GROUPS groups of TAP_FOLDS folds of taps of WORDS words of channels. A beat
 * holds TAP_LANES taps of WORD_LANES channels. Taps outside of the image carry FILL.
 *
 * The ring runs on from frame to frame. An iteration takes a word where its pixel's slot is free and gives a beat
 * where the window is there; both are decided by what was there before, so that TRIPS iterations do, whatever the
 * data.
 */
#ifndef BW_LINE_BUFFER_H
#define BW_LINE_BUFFER_H
#include "bw_stream.h"

/* a, limited to 0 ... most */
constexpr int bw_limit(int a, int most) { return a < 0 ? 0 : a > most ? most : a; }

/* A slot of a ring, for a sum of two. */
template <int SLOTS>
int bw_slot(int sum) {
  BW_PRAGMA(HLS INLINE)
  return sum >= SLOTS ? sum - SLOTS : sum;
}

/* Pixels of the frame that must have come before the window whose first tap is at (top, left) can be given. */
template <class C>
int bw_needed(int top, int left) {
  BW_PRAGMA(HLS INLINE)
  const int bottom = top + C::EXTENT_H - 1;
  const int row = bottom < C::HEIGHT ? bottom : C::HEIGHT - 1;
  return row < 0 ? 0 : row * C::WIDTH + bw_limit(left + C::EXTENT_W, C::WIDTH);
}

/* Pixels of the frame that neither the window at (top, left) nor a later one reads. */
template <class C>
int bw_freed(int top, int left, bool last_row) {
  BW_PRAGMA(HLS INLINE)
  const int row = bw_limit(top, C::HEIGHT);
  const bool read_again = !last_row && bw_limit(top + C::STRIDE_H, C::HEIGHT + 1) == row;
  const int freed = row * C::WIDTH + (read_again ? 0 : bw_limit(left, C::WIDTH));
  return freed < C::HEIGHT * C::WIDTH ? freed : C::HEIGHT * C::WIDTH;
}

template <class C>
void bw_line_buffer(hls::stream<bw_beat<C::WORD_LANES> >& in,
                    hls::stream<bw_beat<C::TAP_LANES * C::WORD_LANES> >& out,
                    bw_code lines[C::TAP_LANES][C::SLOTS * C::GROUPS * C::WORDS][C::WORD_LANES]) {
  BW_PRAGMA(HLS INLINE)
  const int PIXELS = C::HEIGHT * C::WIDTH;
  const int PIXEL_WORDS = C::GROUPS * C::WORDS;
  /* The writer: pixels taken of all and of the reader's frame, the next word's address and place in its pixel. */
  int taken = 0;
  int written = 0;
  int address = 0;
  int part = 0;
  /* The reader: its beat, its output pixel, the window's first tap, that tap's slot and the one of the row's first. */
  int word = 0;
  int fold = 0;
  int group = 0;
  int column = 0;
  int row = 0;
  int frame = 0;
  int top = -C::PAD_TOP;
  int left = -C::PAD_LEFT;
  int slot = C::FIRST_SLOT;
  int row_slot = C::FIRST_SLOT;
  int needed = bw_needed<C>(-C::PAD_TOP, -C::PAD_LEFT);
  int freed = bw_freed<C>(-C::PAD_TOP, -C::PAD_LEFT, C::OUTPUT_HEIGHT == 1);

  for (int trip = 0; trip < C::TRIPS; ++trip) {
    BW_PRAGMA(HLS PIPELINE II=1)
    BW_CYCLE
    const bool gives = frame < C::FRAMES && written >= needed;
    const bool takes = taken < C::FRAMES * PIXELS && written - freed < C::SLOTS;
    if (gives) {
      bw_beat<C::TAP_LANES * C::WORD_LANES> beat;
      for (int t = 0; t < C::TAP_LANES; ++t) {
        BW_PRAGMA(HLS UNROLL)
        const int tap = fold * C::TAP_LANES + t;
        const int y = top + tap / C::KERNEL_W * C::DILATION_H;
        const int x = left + tap % C::KERNEL_W * C::DILATION_W;
        const bool inside = tap < C::KERNEL_H * C::KERNEL_W && y >= 0 && y < C::HEIGHT && x >= 0 && x < C::WIDTH;
        const int at = bw_slot<C::SLOTS>(slot + C::tap_slot(tap)) * PIXEL_WORDS + group * C::WORDS + word;
        for (int l = 0; l < C::WORD_LANES; ++l) {
          BW_PRAGMA(HLS UNROLL)
          beat.lane[t * C::WORD_LANES + l] = inside ? lines[t][at][l] : bw_code(C::FILL);
        }
      }
      out.write(beat);
      const bool pixel_done = word == C::WORDS - 1 && fold == C::TAP_FOLDS - 1 && group == C::GROUPS - 1;
      if (word < C::WORDS - 1) {
        ++word;
      } else {
        word = 0;
        if (fold < C::TAP_FOLDS - 1) {
          ++fold;
        } else {
          fold = 0;
          group = group < C::GROUPS - 1 ? group + 1 : 0;
        }
      }
      if (pixel_done) {
        if (column < C::OUTPUT_WIDTH - 1) {
          ++column;
          left += C::STRIDE_W;
          slot = bw_slot<C::SLOTS>(slot + C::COLUMN_STEP);
        } else {
          column = 0;
          left = -C::PAD_LEFT;
          if (row < C::OUTPUT_HEIGHT - 1) {
            ++row;
            top += C::STRIDE_H;
            row_slot = bw_slot<C::SLOTS>(row_slot + C::ROW_STEP);
          } else {
            row = 0;
            top = -C::PAD_TOP;
            row_slot = bw_slot<C::SLOTS>(row_slot + C::FRAME_STEP);
            written -= PIXELS;
            ++frame;
          }
          slot = row_slot;
        }
        needed = bw_needed<C>(top, left);
        freed = bw_freed<C>(top, left, row == C::OUTPUT_HEIGHT - 1);
      }
    }
    if (takes) {
      const bw_beat<C::WORD_LANES> beat = in.read();
      for (int t = 0; t < C::TAP_LANES; ++t) {
        BW_PRAGMA(HLS UNROLL)
        for (int l = 0; l < C::WORD_LANES; ++l) {
          BW_PRAGMA(HLS UNROLL)
          lines[t][address][l] = beat.lane[l];
        }
      }
      address = address < C::SLOTS * PIXEL_WORDS - 1 ? address + 1 : 0;
      if (part < PIXEL_WORDS - 1) {
        ++part;
      } else {
        part = 0;
        ++taken;
        ++written;
      }
    }
  }
}
#endif
