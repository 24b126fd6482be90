/* SPDX-License-Identifier: 0BSD */
/* Weights, as the model stores them, and biases of ${network.name}, in order of use. */
#ifndef ${network.macro}_WEIGHTS_H
#define ${network.macro}_WEIGHTS_H
<#list arrays as array>

/* ${array.comment} */
static const ${array.type} ${array.name}${array.dimensions} = {
<#list array.rows as row>
  ${row}
</#list>
};
</#list>
#endif
