<#include "Comment.ftl">
BW_KERNEL void ${frame.function}(${frame.parameters})
{
const ${inputType} *const ifm = ${ifm};
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
<#list geometry.tapRows as row>
const ${inputType} *const ${row.pointer} = ifm + ${row.offset} + left * ${geometry.pixelPitch};
</#list>
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
const ${inputType} *from[${taps}];
for (int32_t r = 0; r < ${geometry.kernelH}; r++) {
for (int32_t s = 0; s < ${geometry.kernelW}; s++) {
const int32_t iy = ${geometry.tapRow};
const int32_t ix = ${geometry.tapColumn};
const int inside = ${geometry.tapInsideText};
from[r * ${geometry.kernelW} + s] = inside ? ifm + ${geometry.tapRowOffset} + ix * ${geometry.pixelPitch} : ${padding};
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
const int32_t at = ${geometry.tapRowOffset} + ix * ${geometry.pixelPitch};
<#if bordered>
const ${inputType} *const from = ${geometry.tapInsideText} ? ifm + at : ${padding};
<#else>
const ${inputType} *const from = ifm + at;
</#if>
for (int32_t c = 0; c < ${channels}; c++) {
acc[c] += from[c] * ${weights}[(r * ${geometry.kernelW} + s) * ${channels} + c];
}
}
}
</#if>
<#if constant>
(void)acc; /* clamped to one code whatever the sum */
</#if>
for (int32_t c = 0; c < ${channels}; c++) {
to[c] = ${epilogue};
}
}
}
