<!-- SPDX-License-Identifier: 0BSD -->
# ${network.name}

Generated from ${network.source} for ${network.board}. This code carries no obligation (0BSD).

| | |
|---|---|
<#list network.inputs as port>
| ${port.label} | ${port.shape} ${port.type}<#if port.quantized>, real = ${port.scale} * (code - (${port.zeroPoint}))</#if> |
</#list>
<#list network.outputs as port>
| ${port.label} | ${port.shape} ${port.type}<#if port.quantized>, real = ${port.scale} * (code - (${port.zeroPoint}))</#if> |
</#list>
| arena | ${network.arenaBytes} bytes of RAM, aligned to 16 |
| weights and tables | ${network.constantBytes} bytes of flash, code not included |
| products | ${network.products} an inference |

```c
#include "${network.name}.h"

${network.macro}_ALIGNED static uint8_t arena[${network.macro}_ARENA_BYTES];

memcpy(${network.inputs[0].function}(arena), data, ${network.inputs[0].macro}_BYTES);
${network.name}_invoke(arena);
const ${network.outputs[0].type} *result = ${network.outputs[0].function}(arena);
```

- `${network.name}.h` is the interface; `${network.name}.c` and `${network.name}_weights.c` are the network. C99, no dependency, no dynamic memory.
- `${network.driver}.c` runs inferences over files of raw tensors: `make && ./${network.name}<#list network.inputs as port> ${port.label}.bin</#list><#list network.outputs as port> ${port.label}.bin</#list>`.
<#if selfTest>
- `${network.name}_selftest.c` checks a recorded inference: `make check`.
</#if>
- Results are exact to the bit on every target and compiler option<#if network.real>, given `-ffp-contract=off`</#if>.
- Define `BW_TRACE(index, data, bytes)` when compiling `${network.name}.c` to see the output of each source operator.
- Several networks link into one image: every symbol begins with the network's name.

${flashing}
