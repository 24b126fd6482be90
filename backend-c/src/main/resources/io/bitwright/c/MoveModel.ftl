<#include "Comment.ftl">
BW_KERNEL void ${frame.function}(${frame.parameters})
{
<#if idle>
(void)arena; /* everything is in its place already */
</#if>
<#if element?has_content>
static const ${elementType} pad = ${element};
</#if>
<#list fills as fill>
<#list fill.loops as loop>
for (int32_t ${loop.name} = 0; ${loop.name} < ${loop.extent}; ${loop.name}++) {
</#list>
<#if element?has_content>
memcpy(${fill.to}, &pad, ${fill.bytes});
<#else>
memset(${fill.to}, ${fill.code}, ${fill.bytes});
</#if>
<#list fill.loops as loop>
}
</#list>
</#list>
<#list copies as copy>
<#list copy.loops as loop>
for (int32_t ${loop.name} = 0; ${loop.name} < ${loop.extent}; ${loop.name}++) {
</#list>
memcpy(${copy.to}, ${copy.from}, ${copy.bytes});
<#list copy.loops as loop>
}
</#list>
</#list>
}
