<#include "Comment.ftl">
BW_KERNEL static void ${frame.function}(${frame.parameters})
{
const ${type} *const ifm = ${ifm};
${outputType} *const ofm = ${ofm};

for (int32_t x = 0; x < ${width}; x++) {
const ${type} *const from = ifm + x * ${inputPitch};
${outputType} *const to = ofm + x * ${outputPitch};
${wide} max = from[0];
for (int32_t c = 1; c < ${channels}; c++) {
max = from[c] > max ? from[c] : max;
}
${sumType} sum = ${zero};
for (int32_t c = 0; c < ${channels}; c++) {
sum += ${term};
}
<#if single>
<#list results as type>
const ${type} r0 = ${reciprocal};
</#list>
<#else>
<#list results as type>
${type} r${type?index};
</#list>
${reciprocal};
</#if>
for (int32_t c = 0; c < ${channels}; c++) {
to[c] = ${scaled};
}
}
}
