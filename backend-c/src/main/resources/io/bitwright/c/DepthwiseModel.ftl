<#include "Comment.ftl">
BW_KERNEL static void ${frame.function}(${frame.parameters})
{
const int8_t *const ifm = ${ifm};
${outputType} *const ofm = ${ofm};
const int32_t top = ${geometry.top};
${accumulator} acc[${channels}];

for (int32_t x = 0; x < ${width}; x++) {
${outputType} *const to = ofm + x * ${outputPitch};
const int32_t left = ${geometry.left};
<#if spelledOut>
<#if geometry.everInside>
<#if bordered>
if (${geometry.insideText}) {
</#if>
const int8_t *const from = ifm + top * ${geometry.rowPitch} + left * ${geometry.pixelPitch};
for (int32_t c = 0; c < ${channels}; c++) {
acc[c] = ${bias}[c]
<#list products as product>
+ ${product}<#sep>
</#sep></#list>;
}
<#if bordered>
} else {
</#if>
</#if>
<#if bordered>
const int8_t *from[${taps}];
for (int32_t r = 0; r < ${geometry.kernelH}; r++) {
for (int32_t s = 0; s < ${geometry.kernelW}; s++) {
const int32_t iy = ${geometry.tapRow};
const int32_t ix = ${geometry.tapColumn};
const int inside = ${geometry.tapInsideText};
from[r * ${geometry.kernelW} + s] = inside ? ifm + iy * ${geometry.rowPitch} + ix * ${geometry.pixelPitch} : ${padding};
}
}
for (int32_t c = 0; c < ${channels}; c++) {
acc[c] = ${bias}[c]
<#list borderProducts as product>
+ ${product}<#sep>
</#sep></#list>;
}
<#if geometry.everInside>
}
</#if>
</#if>
<#else>
for (int32_t c = 0; c < ${channels}; c++) {
acc[c] = ${bias}[c];
}
for (int32_t r = 0; r < ${geometry.kernelH}; r++) {
for (int32_t s = 0; s < ${geometry.kernelW}; s++) {
const int32_t iy = ${geometry.tapRow};
const int32_t ix = ${geometry.tapColumn};
const int32_t at = iy * ${geometry.rowPitch} + ix * ${geometry.pixelPitch};
<#if bordered>
const int8_t *const from = ${geometry.tapInsideText} ? ifm + at : ${padding};
<#else>
const int8_t *const from = ifm + at;
</#if>
for (int32_t c = 0; c < ${channels}; c++) {
acc[c] += from[c] * ${weights}[(r * ${geometry.kernelW} + s) * ${channels} + c];
}
}
}
</#if>
for (int32_t c = 0; c < ${channels}; c++) {
to[c] = ${epilogue};
}
}
}
