<#include "Comment.ftl">
BW_KERNEL static void ${frame.function}(${frame.parameters})
{
const float *const ifm = ${ifm};
float *const ofm = ${ofm};
const int32_t top = ${geometry.top};
float acc[${outputs}];

for (int32_t x = 0; x < ${width}; x++) {
float *const to = ofm + x * ${outputPitch};
const int32_t left = ${geometry.left};
for (int32_t c = 0; c < ${outputs}; c++) {
acc[c] = 0.0f;
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
const float *const from = ifm + iy * ${geometry.rowPitch} + ix * ${geometry.pixelPitch};
const float *const w = ${weights} + (r * ${geometry.kernelW} + s) * ${tapWeights};
<#if depthwise>
for (int32_t c = 0; c < ${outputs}; c++) {
acc[c] += from[c] * w[c];
}
<#elseif grouped>
for (int32_t g = 0; g < ${groups}; g++) {
for (int32_t i = 0; i < ${groupChannels}; i++) {
const float value = from[g * ${groupChannels} + i];
for (int32_t c = 0; c < ${groupOutputs}; c++) {
acc[g * ${groupOutputs} + c] += value * w[i * ${outputs} + g * ${groupOutputs} + c];
}
}
}
<#else>
for (int32_t i = 0; i < ${groupChannels}; i++) {
for (int32_t c = 0; c < ${outputs}; c++) {
acc[c] += from[i] * w[i * ${outputs} + c];
}
}
</#if>
}
}
for (int32_t c = 0; c < ${outputs}; c++) {
to[c] = ${epilogue};
}
}
}
