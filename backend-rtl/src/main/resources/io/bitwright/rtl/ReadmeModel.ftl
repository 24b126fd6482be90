<!-- SPDX-License-Identifier: 0BSD -->
# ${core.name}

An accelerator in SystemVerilog, generated from ${core.source} for ${core.board}. This code carries no obligation (0BSD).

| | |
|---|---|
| input | ${core.ifm.height}x${core.ifm.width}x${core.ifm.channels}, ${core.ifm.beats} beats of ${core.ifm.lanes} <#if core.ifm.lanes == 1>code<#else>codes</#if>; ${core.ifm.codes} |
| output | ${core.ofm.height}x${core.ofm.width}x${core.ofm.channels}, ${core.ofm.beats} beats of ${core.ofm.lanes} <#if core.ofm.lanes == 1>code<#else>codes</#if>; ${core.ofm.codes} |
| MAC multipliers | ${core.lanes} |
| a frame every | ${core.intervalCycles} cycles, the slowest stage's |

- `rtl/${core.name}.sv` is the top, a stage a module under it; `rtl/files.f` lists all files. `rtl/${core.name}_axis.sv` is the same with AXI4-Stream ports.
- `mem/` holds weights and tables as `$readmemh` images. The Verilog names them `mem/...`: run simulators and synthesis in this folder, or add it to the tool's search path.
<#if core.selfTest>
- `tb/` checks a recorded frame, three times in a row: `make check` (Verilator), `make check-verilog` (Icarus Verilog; with `SIMULATOR=verilator`, Verilator 5).
</#if>
- `make lint`; `make synth-ecp5` and `make synth-xc7` map the design with yosys and print its resources.

## Ports

| port | direction | bits | |
|---|---|---|---|
| `clock` | in | 1 | everything happens at its rising edge |
| `reset` | in | 1 | synchronous, active high, at least one cycle |
| `ifm_valid`, `ifm_ready`, `ifm_bits` | in, out, in | 1, 1, ${core.ifm.bits} | input |
| `ofm_valid`, `ofm_ready`, `ofm_bits` | out, in, out | 1, 1, ${core.ofm.bits} | output |
<#if core.probes>
| `probe_i_fire`, `_bits`, `_count`, `_blocked` | out | | for simulation: what leaves the FIFO in front of stage i, how many beats wait in it, whether one waits in front of it |
</#if>

A beat passes in each cycle in which valid and ready are both high. Valid never waits for ready, and a beat once offered stays until it is taken. A beat's codes are
signed bytes, the first in the lowest bits.

Pixels come row by row, each with all of its channels; a pixel starts a beat. The input takes ${core.ifm.beatsPerPixel} <#if core.ifm.beatsPerPixel == 1>beat<#else>beats</#if> a pixel, the output ${core.ofm.beatsPerPixel}. Lanes past the last channel carry 0 in the output and may carry
anything in the input. Frames follow each other without a gap: there is no start and no end signal, the accelerator counts beats. The next frame may be sent while this one is computed.

Reset empties the accelerator; the next beat is the first of a frame. Hold `ifm_valid` low during reset.

## Stages

| stage | reads | gives | MAC lanes | cycles a frame | latency | tensor |
|---|---|---|---|---|---|---|
<#list core.stages as stage>
| `${stage.name}` | ${stage.reads} | ${stage.gives} | ${stage.macLanes} | ${stage.intervalCycles} | ${stage.latencyCycles} | ${stage.comment} |
</#list>

A stage reads and gives height x width x channels by lanes. Cycles a frame is what a stage takes when nothing holds it up; latency is from the last beat that a result depends on to the result.

## Resources

`bw_mul` is a multiplier, `bw_rom` and `bw_ram` are memories; each says by a parameter and an attribute whether it is a DSP block or logic, block RAM or logic. Images:

| image | bytes |
|---|---|
<#list core.images as image>
| `mem/${image.file}` | ${image.bytes} |
</#list>
