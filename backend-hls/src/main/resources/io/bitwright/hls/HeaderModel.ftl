/* SPDX-License-Identifier: 0BSD */
/*
 * ${network.name}: the accelerator of ${network.source}.
 *
 * AXI4-Stream in and out, int8 codes in raster order, channels fastest. Each pixel begins a word; lane 0 lies in the
 * lowest bits, and in a pixel's last word the lanes past the last channel carry 0. The last word of each output
 * frame has TLAST set; frames of input are counted.
 */
#ifndef ${network.macro}_H
#define ${network.macro}_H
#include <ap_axi_sdata.h>
#include <ap_int.h>
#include <hls_stream.h>

/* Frames a call takes. Above 1, line buffers fill with a frame while the windows of the one before still go out. */
#ifndef ${network.macro}_FRAMES
#define ${network.macro}_FRAMES 1
#endif

<#list [network.ifm, network.ofm] as port>
/* ${port.label}: '${port.tensor}', ${port.shape} ${port.type}<#if port.recentred>; the stream carries codes less 128</#if> */
#define ${network.macro}_${port.label?upper_case}_HEIGHT ${port.height}
#define ${network.macro}_${port.label?upper_case}_WIDTH ${port.width}
#define ${network.macro}_${port.label?upper_case}_CHANNELS ${port.channels}
#define ${network.macro}_${port.label?upper_case}_LANES ${port.lanes}
#define ${network.macro}_${port.label?upper_case}_WORDS ${port.beats} /* a frame */
#define ${network.macro}_${port.label?upper_case}_OFFSET <#if port.recentred>128<#else>0</#if>
typedef ap_axiu<8 * ${network.macro}_${port.label?upper_case}_LANES, 0, 0, 0> ${network.name}_${port.label}_t;

</#list>
/* ${network.macro}_FRAMES inferences. */
extern "C" void ${network.name}(hls::stream<${network.name}_ifm_t>& ifm, hls::stream<${network.name}_ofm_t>& ofm);
#endif
