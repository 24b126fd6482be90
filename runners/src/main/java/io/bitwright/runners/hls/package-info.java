/** Simulates emitted HLS C++ with a C++ compiler of this machine. */
package io.bitwright.runners.hls;
