/* SPDX-License-Identifier: 0BSD */
/* What the scalar bodies of kernels use besides the operators of ap_int. */
#ifndef BW_SCALAR_H
#define BW_SCALAR_H
#include <ap_int.h>

#include "bw_pragma.h"

constexpr int bw_wider(int a, int b) { return a > b ? a : b; }

/* The lowest N bits as a number that is not negative: what is left after the higher bits are cleared. */
template <int N, int M>
ap_int<N + 1> bw_low_bits(ap_int<M> a) {
  BW_PRAGMA(HLS INLINE)
  const ap_int<bw_wider(N + 2, M)> wide = a;
  return wide - ((wide >> N) << N);
}

/* Leading zeros of a number of 32 bits that is not 0. */
template <int M>
ap_int<7> bw_leading_zeros32(ap_int<M> a) {
  BW_PRAGMA(HLS INLINE)
  int zeros = 0;
  for (int i = 31; i > 0; --i) {
    BW_PRAGMA(HLS UNROLL)
    if ((ap_int<34>(a) >> i) == 0) ++zeros;
  }
  return ap_int<7>(zeros);
}
#endif
