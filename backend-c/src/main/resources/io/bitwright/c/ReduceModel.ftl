<#include "Comment.ftl">
BW_KERNEL static void ${frame.function}(${frame.parameters})
{
const ${type} *const ifm = ${ifm};
${outputType} *const ofm = ${ofm};
const int32_t top = ${geometry.top};
${accumulator} acc[${channels}];

for (int32_t x = 0; x < ${width}; x++) {
${outputType} *const to = ofm + x * ${outputPitch};
const int32_t left = ${geometry.left};
<#if countsTaps>
int32_t taps = 0;
</#if>
for (int32_t c = 0; c < ${channels}; c++) {
acc[c] = ${start};
}
for (int32_t r = 0; r < ${geometry.kernelH}; r++) {
for (int32_t s = 0; s < ${geometry.kernelW}; s++) {
const int32_t iy = ${geometry.tapRow};
const int32_t ix = ${geometry.tapColumn};
<#if geometry.bordered>
if (!(${geometry.tapInsideText})) {
continue;
}
</#if>
const ${type} *const from = ifm + iy * ${geometry.rowPitch} + ix * ${geometry.pixelPitch};
for (int32_t c = 0; c < ${channels}; c++) {
<#if maximum>
acc[c] = from[c] > acc[c] ? from[c] : acc[c];
<#else>
acc[c] += from[c];
</#if>
}
<#if countsTaps>
taps++;
</#if>
}
}
for (int32_t c = 0; c < ${channels}; c++) {
to[c] = ${epilogue};
}
}
}
