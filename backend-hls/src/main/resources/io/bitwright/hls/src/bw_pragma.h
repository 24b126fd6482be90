/* SPDX-License-Identifier: 0BSD */
/*
 * Directives of the HLS tool, which a plain C++ compiler does not see, and what only simulation with the headers
 * of sim/ does: counting the iterations of loops that take a cycle each, naming streams, running processes side by
 * side.
 */
#ifndef BW_PRAGMA_H
#define BW_PRAGMA_H
#include <hls_stream.h>

#if defined(__SYNTHESIS__) || defined(__BAMBU__) || defined(BW_SYNTHESIS)
#define BW_PRAGMA(text) _Pragma(#text)
#else
#define BW_PRAGMA(text)
#endif

#if defined(BW_SIMULATION) && !defined(__SYNTHESIS__)
#define BW_CYCLES(count) bw_sim::simulation::get().cycle(count);
#define BW_STAGE(name) bw_sim::simulation::get().stage(#name);
#define BW_FIFO(stream, depth) stream.simulated().describe(#stream, depth);
#define BW_REGION bw_sim::region bw_region;
#define BW_PROCESS(call) bw_sim::simulation::get().start(#call, [&] { call; });
#else
#define BW_CYCLES(count)
#define BW_STAGE(name)
#define BW_FIFO(stream, depth)
#define BW_REGION
#define BW_PROCESS(call) call;
#endif
#define BW_CYCLE BW_CYCLES(1)
#endif
