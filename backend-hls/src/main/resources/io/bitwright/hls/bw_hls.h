/* SPDX-License-Identifier: 0BSD */
#ifndef BW_HLS_H
#define BW_HLS_H
constexpr int bw_wider(int a, int b) { return a > b ? a : b; }

/*
 * Types of the HLS sources. With BW_VENDOR_HLS defined the vendor's ap_int.h and hls_stream.h are used; else this
 * header's own, which have their meaning for signed integers of up to 64 bits and serve simulation with g++ or clang.
 */
#ifdef BW_VENDOR_HLS
#include <ap_int.h>
#include <hls_stream.h>
#define BW_PRAGMA(text) _Pragma(#text)
#else
#include <cassert>
#include <cstdint>
#include <queue>
#define BW_PRAGMA(text)

/* A two's complement integer of N bits; a value that does not fit wraps, as the vendor's does. */
template <int N>
struct ap_int {
  static_assert(N >= 1 && N <= 64, "1 to 64 bits");
  int64_t v;

  ap_int() : v(0) {}
  ap_int(int64_t x) : v(wrap(x)) {}
  template <int M>
  ap_int(const ap_int<M>& x) : v(wrap(x.v)) {}
  explicit operator int() const { return static_cast<int>(v); }

  static int64_t wrap(int64_t x) {
    const uint64_t u = static_cast<uint64_t>(x) << (64 - N);
    return static_cast<int64_t>(u) >> (64 - N);
  }
};

constexpr int bw_at_most_64(int n) { return n > 64 ? 64 : n; }

template <int A, int B>
ap_int<bw_at_most_64(bw_wider(A, B) + 1)> operator+(ap_int<A> a, ap_int<B> b) { return {a.v + b.v}; }
template <int A, int B>
ap_int<bw_at_most_64(bw_wider(A, B) + 1)> operator-(ap_int<A> a, ap_int<B> b) { return {a.v - b.v}; }
template <int A, int B>
ap_int<bw_at_most_64(A + B)> operator*(ap_int<A> a, ap_int<B> b) { return {a.v * b.v}; }
template <int A, int B>
ap_int<A> operator/(ap_int<A> a, ap_int<B> b) { return {a.v / b.v}; }
template <int A>
ap_int<A> operator<<(ap_int<A> a, int n) { return {static_cast<int64_t>(static_cast<uint64_t>(a.v) << n)}; }
template <int A>
ap_int<A> operator>>(ap_int<A> a, int n) { return {a.v >> n}; }
template <int A, int B>
bool operator<(ap_int<A> a, ap_int<B> b) { return a.v < b.v; }
template <int A>
bool operator!=(ap_int<A> a, int b) { return a.v != b; }

namespace hls {
/* A first-in first-out channel; reading an empty one is an error of the design. */
template <typename T>
class stream {
 public:
  void write(const T& x) { items_.push(x); }
  T read() {
    assert(!items_.empty());
    T x = items_.front();
    items_.pop();
    return x;
  }
  bool empty() const { return items_.empty(); }

 private:
  std::queue<T> items_;
};
}  // namespace hls
#endif

/* The lowest N bits as a number that is not negative: what is left after the higher bits are cleared. */
template <int N, int M>
ap_int<N + 1> bw_low_bits(ap_int<M> a) {
  const ap_int<bw_wider(N + 2, M)> wide = a;
  return wide - ((wide >> N) << N);
}

/* Leading zeros of a number of 32 bits that is not 0. */
template <int M>
ap_int<7> bw_leading_zeros32(ap_int<M> a) {
  int zeros = 0;
  for (int i = 31; i > 0; --i) {
    if ((ap_int<34>(a) >> i) != 0) break;
    ++zeros;
  }
  return ap_int<7>(zeros);
}
#endif
