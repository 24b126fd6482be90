/* SPDX-License-Identifier: 0BSD */
/* Simulation of ${name}: frames of ${ifm.height}x${ifm.width}x${ifm.channels} bytes on standard input, ${ofm.height}x${ofm.width}x${ofm.channels} on standard output. */
#include <cstdio>

#include "bw_hls.h"

extern "C" void ${name}(hls::stream<ap_int<8> >& in, hls::stream<ap_int<8> >& out);

int main() {
  hls::stream<ap_int<8> > in;
  hls::stream<ap_int<8> > out;
  for (int byte = std::getchar(); byte != EOF;) {
    for (int i = 0; i < ${ifm.height} * ${ifm.width} * ${ifm.channels}; ++i) {
      if (byte == EOF) return 1;
      in.write(ap_int<8>(byte));
      byte = std::getchar();
    }
    ${name}(in, out);
    while (!out.empty()) std::putchar(int(out.read()) & 0xff);
  }
  return 0;
}
