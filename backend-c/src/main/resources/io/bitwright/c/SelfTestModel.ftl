/* SPDX-License-Identifier: 0BSD */
/* Checks ${network.name} against a recorded inference: prints PASS and exits with 0, or FAIL and 1. */
#include "${network.name}.h"
#include <stdio.h>
#include <string.h>

${network.macro}_ALIGNED static uint8_t arena[${network.macro}_ARENA_BYTES];
<#list inputs as tensor>

static const uint8_t ${tensor.name}[${tensor.port.macro}_BYTES] = {
<#list tensor.rows as row>
    ${row}
</#list>
};
</#list>
<#list outputs as tensor>

static const uint8_t ${tensor.name}[${tensor.port.macro}_BYTES] = {
<#list tensor.rows as row>
    ${row}
</#list>
};
</#list>

int main(void)
{
    int same = 1;

<#list inputs as tensor>
    memcpy(${tensor.port.function}(arena), ${tensor.name}, ${tensor.port.macro}_BYTES);
</#list>
    ${network.name}_invoke(arena);
<#list outputs as tensor>
    same = same && memcmp(${tensor.port.function}(arena), ${tensor.name}, ${tensor.port.macro}_BYTES) == 0;
</#list>
    printf("${network.name}: %s\n", same ? "PASS" : "FAIL");
    return same ? 0 : 1;
}
