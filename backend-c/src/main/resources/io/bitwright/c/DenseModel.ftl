<#include "Comment.ftl">
BW_KERNEL void ${frame.function}(${frame.parameters})
{
const ${inputType} *const ifm = ${ifm};
${outputType} *const ofm = ${ofm};
int16_t window[${windowElements}]<#if gapped> = {0}</#if>;
<#if weightZero != "">
int32_t sums[${sums}];
</#if>

<#if width != 1>
for (int32_t block = 0; block < ${width}; block += ${step}) {
</#if>
<#if pair>
for (int32_t p = 0; p < 2; p++) {
const int32_t x = <#if last != "">block + p < ${width} ? block + p : ${last}<#else>block + p</#if>;
int16_t *const to = window + p * ${windowPitch};
<#else>
{
<#if width != 1>
const int32_t x = block;
</#if>
int16_t *const to = window;
</#if>
<#if point>
const ${inputType} *const from = ifm<#if width != 1> + x * ${geometry.pixelPitch}</#if>;
for (int32_t c = 0; c < ${tapChannels}; c++) {
to[${destination}] = from[c];
}
<#else>
const int32_t top = ${geometry.top};
const int32_t left = ${geometry.left};
<#if geometry.everInside>
<#if bordered>
if (${geometry.insideText}) {
</#if>
for (int32_t r = 0; r < ${geometry.kernelH}; r++) {
const int32_t iy = ${geometry.tapRow};
const ${inputType} *const from = ifm + ${geometry.tapRowOffset} + left * ${geometry.pixelPitch};
<#if rowCopy != 0>
for (int32_t i = 0; i < ${rowCopy}; i++) {
to[r * ${rowCopy} + i] = from[i];
}
<#else>
for (int32_t s = 0; s < ${geometry.kernelW}; s++) {
<#if !singleTap>
const int32_t tap = r * ${geometry.kernelW} + s;
</#if>
for (int32_t c = 0; c < ${tapChannels}; c++) {
to[${destination}] = from[s * ${geometry.tapPixelPitch} + c];
}
}
</#if>
}
<#if bordered>
} else {
</#if>
</#if>
<#if bordered>
for (int32_t r = 0; r < ${geometry.kernelH}; r++) {
for (int32_t s = 0; s < ${geometry.kernelW}; s++) {
const int32_t iy = ${geometry.tapRow};
const int32_t ix = ${geometry.tapColumn};
<#if !singleTap>
const int32_t tap = r * ${geometry.kernelW} + s;
</#if>
const int inside = ${geometry.tapInsideText};
for (int32_t c = 0; c < ${tapChannels}; c++) {
to[${destination}] = inside ? ifm[${geometry.tapRowOffset} + ix * ${geometry.pixelPitch} + c] : ${paddingCode};
}
}
}
<#if geometry.everInside>
}
</#if>
</#if>
</#if>
}
<#if weightZero != "">
for (int32_t i = 0; i < ${sums}; i++) {
int32_t sum = 0;
for (int32_t k = 0; k < ${pitch}; k++) {
sum += window[i * ${pitch} + k];
}
sums[i] = sum;
}
</#if>

<#list pixels as p>
${outputType} *const y${p} = ofm<#if width != 1> + <#if p = 0>block<#elseif last != "">(block + 1 < ${width} ? block + 1 : ${last})<#else>(block + 1)</#if> * ${outputPitch}</#if>;
</#list>
for (int32_t c = 0; c < ${outputs}; <#if block = 1>c++<#else>c += ${block}</#if>) {
<#list pixels as p>
const int16_t *const x${p} = window<#if p != 0> + ${windowPitch}</#if><#if group != ""> + ${group}</#if>;
</#list>
<#list channels as q>
const ${weightType} *const w${q} = ${weights} + <#if q = 0>c<#else>(c + ${q})</#if> * ${pitch};
</#list>
<#list pixels as p>
<#list channels as q>
${accumulator} a${p}${q} = ${bias}[c<#if q != 0> + ${q}</#if>]<#if weightZero != ""> - ${weightZero} * ${sum[p]}</#if>;
</#list>
</#list>

for (int32_t k = 0; k < ${pitch}; k++) {
<#list pixels as p>
<#list channels as q>
a${p}${q} += x${p}[k] * w${q}[k];
</#list>
</#list>
}

<#list epilogues as line>
${line}
</#list>
}
<#if width != 1>
}
</#if>
}
