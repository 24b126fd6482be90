/* SPDX-License-Identifier: 0BSD */
/* ${network.source}: weights, biases and operands. */
#include "${network.name}_weights.h"
<#if usesMath>
#include <math.h>
</#if>
<#list arrays as array>

/* ${array.comment} */
const ${array.type} ${array.name}[${array.length}] = {
<#list array.rows as row>
    ${row}
</#list>
};
</#list>
