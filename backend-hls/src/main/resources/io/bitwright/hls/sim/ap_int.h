/* SPDX-License-Identifier: 0BSD */
/*
 * Integers of any width for simulation where the HLS tool's ap_int.h is absent: two's complement, a value that
 * does not fit wraps. Signed ones of up to 64 bits compute; unsigned ones of any width are words to be cut into
 * ranges.
 */
#ifndef BW_SIM_AP_INT_H
#define BW_SIM_AP_INT_H
#include <cstdint>
#include <type_traits>

constexpr int bw_sim_limit(int bits) { return bits > 64 ? 64 : bits; }
constexpr int bw_sim_wider(int a, int b) { return a > b ? a : b; }

template <int N>
struct ap_int {
  static_assert(N >= 1 && N <= 64, "1 to 64 bits");
  typedef typename std::conditional<(N <= 8), int8_t,
      typename std::conditional<(N <= 16), int16_t,
          typename std::conditional<(N <= 32), int32_t, int64_t>::type>::type>::type storage;
  storage v;

  constexpr ap_int() : v(0) {}
  constexpr ap_int(int64_t x) : v(wrap(x)) {}
  template <int M>
  constexpr ap_int(const ap_int<M>& x) : v(M <= N ? static_cast<storage>(x.v) : wrap(x.v)) {}
  explicit constexpr operator int() const { return static_cast<int>(v); }

  static constexpr storage wrap(int64_t x) {
    return static_cast<storage>(static_cast<int64_t>(static_cast<uint64_t>(x) << (64 - N)) >> (64 - N));
  }

  template <int M>
  ap_int& operator+=(const ap_int<M>& b) { return *this = ap_int(int64_t(v) + int64_t(b.v)); }
};

template <int A, int B>
constexpr ap_int<bw_sim_limit(bw_sim_wider(A, B) + 1)> operator+(ap_int<A> a, ap_int<B> b) {
  return {int64_t(a.v) + int64_t(b.v)};
}
template <int A, int B>
constexpr ap_int<bw_sim_limit(bw_sim_wider(A, B) + 1)> operator-(ap_int<A> a, ap_int<B> b) {
  return {int64_t(a.v) - int64_t(b.v)};
}
template <int A, int B>
constexpr ap_int<bw_sim_limit(A + B)> operator*(ap_int<A> a, ap_int<B> b) {
  return {int64_t(a.v) * int64_t(b.v)};
}
template <int A, int B>
constexpr ap_int<A> operator/(ap_int<A> a, ap_int<B> b) { return {int64_t(a.v) / int64_t(b.v)}; }
template <int A>
constexpr ap_int<A> operator<<(ap_int<A> a, int n) {
  return {static_cast<int64_t>(static_cast<uint64_t>(int64_t(a.v)) << n)};
}
template <int A>
constexpr ap_int<A> operator>>(ap_int<A> a, int n) { return {int64_t(a.v) >> n}; }
template <int A, int B>
constexpr bool operator<(ap_int<A> a, ap_int<B> b) { return int64_t(a.v) < int64_t(b.v); }
template <int A>
constexpr bool operator==(ap_int<A> a, int b) { return int64_t(a.v) == b; }
template <int A>
constexpr bool operator!=(ap_int<A> a, int b) { return int64_t(a.v) != b; }

/* A word of W bits; ranges of at most 8 bits within a byte are read and written. */
template <int W>
struct ap_uint {
  static_assert(W >= 1, "1 bit or more");
  uint8_t bytes[(W + 7) / 8];

  ap_uint() : bytes() {}
  ap_uint(int64_t x) : bytes() {
    for (int i = 0; i < (W + 7) / 8; ++i) bytes[i] = static_cast<uint8_t>(i < 8 ? x >> (8 * i) : x < 0 ? -1 : 0);
    if (W % 8 != 0) bytes[(W + 7) / 8 - 1] &= static_cast<uint8_t>((1 << (W % 8)) - 1);
  }

  struct bits {
    uint8_t& byte;
    int from;
    int count;
    template <int N>
    bits& operator=(const ap_int<N>& x) {
      const unsigned mask = ((1u << count) - 1) << from;
      byte = static_cast<uint8_t>((byte & ~mask) | ((static_cast<unsigned>(int(x)) << from) & mask));
      return *this;
    }
    template <int N>
    operator ap_int<N>() const { return ap_int<N>((byte >> from) & ((1 << count) - 1)); }
  };

  bits range(int high, int low) { return bits{bytes[low / 8], low % 8, high - low + 1}; }
  bits range(int high, int low) const {
    return bits{const_cast<uint8_t&>(bytes[low / 8]), low % 8, high - low + 1};
  }
};
#endif
