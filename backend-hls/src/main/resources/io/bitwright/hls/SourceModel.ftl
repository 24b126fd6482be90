/* SPDX-License-Identifier: 0BSD */
/*
 * ${network.name}: one function a stage, joined by FIFOs. Each stage is a template of the bw_ headers with the constants
 * of its struct; epilogues and bodies are the integer formulas of the network's operators.
 */
#include "${network.name}.h"

<#list headers as header>
#include "${header}"
</#list>
#include "${network.name}_weights.h"

<#list stages as stage>
${stage}
</#list>
static void take_ifm(hls::stream<${network.name}_ifm_t>& in, hls::stream<bw_beat<${network.ifm.lanes}> >& out) {
  BW_PRAGMA(HLS INLINE off)
  BW_STAGE(take_ifm)
  bw_from_axi<${network.macro}_FRAMES * ${network.macro}_IFM_WORDS, ${network.ifm.lanes}>(in, out);
}

static void give_ofm(hls::stream<bw_beat<${network.ofm.lanes}> >& in, hls::stream<${network.name}_ofm_t>& out) {
  BW_PRAGMA(HLS INLINE off)
  BW_STAGE(give_ofm)
  bw_to_axi<${network.macro}_FRAMES, ${network.macro}_OFM_WORDS, ${network.ofm.lanes}>(in, out);
}

extern "C" void ${network.name}(hls::stream<${network.name}_ifm_t>& ifm, hls::stream<${network.name}_ofm_t>& ofm) {
  BW_PRAGMA(HLS INTERFACE mode=axis port=ifm)
  BW_PRAGMA(HLS INTERFACE mode=axis port=ofm)
<#if network.vitis>
  BW_PRAGMA(HLS INTERFACE mode=s_axilite port=return bundle=control)
</#if>
  BW_PRAGMA(HLS DATAFLOW)
<#list fifos as fifo>
  hls::stream<bw_beat<${fifo.lanes}> > ${fifo.name};
  BW_PRAGMA(HLS STREAM variable=${fifo.name} depth=${fifo.depth})
  BW_FIFO(${fifo.name}, ${fifo.depth})
</#list>
  BW_REGION
<#list processes as process>
  BW_PROCESS(${process})
</#list>
}
