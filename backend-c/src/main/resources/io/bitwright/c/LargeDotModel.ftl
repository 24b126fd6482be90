<#include "Comment.ftl">
BW_KERNEL void ${frame.function}(${frame.parameters})
{
const ${inputType} *const ifm = ${ifm};
${outputType} *const ofm = ${ofm};
const int32_t top = ${geometry.top};

for (int32_t x = 0; x < ${width}; x++) {
${outputType} *const to = ofm + x * ${outputPitch};
const int32_t left = ${geometry.left};
for (int32_t c = 0; c < ${outputs}; <#if block = 1>c++<#else>c += ${block}</#if>) {
const int8_t *w = ${weights} + c * ${length};
<#list channels as q>
${accumulator} a0${q} = ${bias}[c<#if q != 0> + ${q}</#if>];
</#list>
<#if weightZero != "">
int32_t sum = 0;
</#if>
for (int32_t r = 0; r < ${geometry.kernelH}; r++) {
for (int32_t s = 0; s < ${geometry.kernelW}; s++) {
const int32_t iy = ${geometry.tapRow};
const int32_t ix = ${geometry.tapColumn};
const ${inputType} *const inside = ifm + ${geometry.tapRowOffset} + ix * ${geometry.pixelPitch}<#if group != ""> + ${group}</#if>;
const ${inputType} *const from = <#if geometry.bordered>${geometry.tapInsideText} ? inside : ${padding}<#else>inside</#if>;
for (int32_t k = 0; k < ${tapChannels}; k++) {
<#list channels as q>
a0${q} += from[k] * w[<#if q != 0>${q} * ${length} + </#if>k];
</#list>
<#if weightZero != "">
sum += from[k];
</#if>
}
w += ${tapChannels};
}
}
<#list epilogues as line>
${line}
</#list>
}
}
}
