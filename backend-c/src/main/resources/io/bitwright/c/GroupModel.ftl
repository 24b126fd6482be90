<#include "Comment.ftl">
BW_KERNEL void ${function}(uint8_t *arena)
{
<#if images gt 1>
for (int32_t n = 0; n < ${images}; n++) {
</#if>
<#list producers as producer>
int32_t ${producer.counter} = 0; /* ${producer.value} */
</#list>
for (int32_t y = 0; y < ${rows}; y++) {
<#list producers as producer>
for (; ${producer.more}; ${producer.counter}++) {
</#list>
<#list calls as loop>
<#list loop as call>
${call}
</#list>
}
</#list>
<#if images gt 1>
}
</#if>
}
