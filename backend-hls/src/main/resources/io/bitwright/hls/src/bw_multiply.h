/* SPDX-License-Identifier: 0BSD */
/* Products of codes and weights, in a DSP block or in look-up tables, and their sums. */
#ifndef BW_MULTIPLY_H
#define BW_MULTIPLY_H
#include "bw_stream.h"

/* Bits that number n things. */
constexpr int bw_log2(int n) { return n <= 1 ? 0 : 1 + bw_log2((n + 1) / 2); }

template <int BITS>
ap_int<8 + BITS> bw_multiply_dsp(bw_code code, ap_int<BITS> weight) {
  BW_PRAGMA(HLS INLINE)
  const ap_int<8 + BITS> product = code * weight;
  BW_PRAGMA(HLS BIND_OP variable=product op=mul impl=dsp)
  return product;
}

template <int BITS>
ap_int<8 + BITS> bw_multiply_fabric(bw_code code, ap_int<BITS> weight) {
  BW_PRAGMA(HLS INLINE)
  const ap_int<8 + BITS> product = code * weight;
  BW_PRAGMA(HLS BIND_OP variable=product op=mul impl=fabric)
  return product;
}

/* The product of MAC lane `lane` of a stage; weights are stored with their zero point. */
template <class C>
ap_int<8 + C::WEIGHT_BITS> bw_multiply(int lane, bw_code code, signed char stored) {
  BW_PRAGMA(HLS INLINE)
  const ap_int<C::WEIGHT_BITS> weight = int(stored) - C::WEIGHT_ZERO;
  return lane < C::MULTIPLIERS_IN_DSP ? bw_multiply_dsp<C::WEIGHT_BITS>(code, weight)
                                      : bw_multiply_fabric<C::WEIGHT_BITS>(code, weight);
}
#endif
