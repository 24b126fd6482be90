<!-- SPDX-License-Identifier: 0BSD -->
# ${network.name}

HLS C++ of an accelerator, generated from ${network.source} for ${network.board}. This code carries no obligation (0BSD).

| | |
|---|---|
<#list [network.ifm, network.ofm] as port>
| ${port.label} | '${port.tensor}', ${port.shape} ${port.type}; AXI4-Stream of ${port.bits} bits, ${port.beats} words a frame<#if port.recentred>; codes less 128</#if> |
</#list>
| MAC lanes | ${network.lanes} |
| cycles | ${network.intervalCycles} a frame when many follow each other, in the slowest stage; ${network.firstCycles} where a call takes one frame |
| part, clock | ${network.part}, ${network.clockMhz} MHz |

- `src/${network.name}.cpp` has the top function `${network.name}` (AXI4-Stream `ifm` and `ofm`<#if network.vitis>, AXI4-Lite control</#if>) and a function for each stage; `src/${network.name}_weights.h` its weights. The `bw_` headers are the templates that stages are made of.
- `sim/` stands for the vendor's headers where they are absent. **Leave it off the include path of an HLS tool.**
<#if network.selfTest>
- `make check` simulates a recorded inference with g++; `make check-parallel` does so with every stage running on its own and FIFOs of their depths. Both print iterations of each stage's loops; the former needs no other tool than g++.
</#if>
- `vitis_hls -f run_hls.tcl` runs C simulation, synthesis, co-simulation and IP export (`run_hls.tcl csynth` stops after synthesis).
- `./${network.name}_tb INPUT OUTPUT` runs inferences over files of raw tensors.
- `${network.macro}_FRAMES` (1) is the number of frames a call takes: start once for that many. Above 1, line buffers fill with the next frame while the last windows go out, as many frames follow each other without a gap.
<#if !network.vitis>
- This tree leaves out what some tools reject: the pragmas PIPELINE and UNROLL of loops, and AXI4-Lite control, for which the tool's own start and done stand. Scalar bodies are functions with PIPELINE.
</#if>

## What was run and what was not

The generator's tests simulate such trees with g++ and clang, with the stages one after the other and side by side, and hold every byte to its interpreter<#if network.selfTest>; `make check` does so for this one</#if>. **Vitis HLS was not run**: no vendor's tool was at hand. Initiation intervals, clock and resources are what the text asks for, not what a tool reported; look at the synthesis report first.
<#if wide?has_content>

**Vitis HLS will refuse these FIFOs**, whose beats exceed 4,096 bits: <#list wide as fifo>${fifo}<#sep>, </#sep></#list>. Choose fewer lanes.
</#if>

## Stages

| stage | template | MAC lanes | cycles a frame | |
|---|---|---|---|---|
<#list rows as row>
| ${row.name} | ${row.template} | ${row.lanes} | ${row.cycles} | ${row.comment} |
</#list>
