/* SPDX-License-Identifier: 0BSD */
/* ${network.source}: constants; for ${network.name}.c only. */
#ifndef ${network.macro}_WEIGHTS_H
#define ${network.macro}_WEIGHTS_H

#include <stdint.h>

<#list arrays as array>
extern const ${array.type} ${array.name}[${array.length}];
</#list>

#endif
