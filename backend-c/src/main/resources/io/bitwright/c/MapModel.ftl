<#include "Comment.ftl">
BW_KERNEL static void ${frame.function}(${frame.parameters})
{
<#list operands as operand>
const ${operand.type} *const ${operand.name} = ${operand.pointer};
</#list>
${outputType} *const ofm = ${ofm};

<#list loops as loop>
for (int32_t ${loop.name} = 0; ${loop.name} < ${loop.extent}; ${loop.name}++) {
</#list>
ofm[${index}] = ${result};
<#list loops as loop>
}
</#list>
}
