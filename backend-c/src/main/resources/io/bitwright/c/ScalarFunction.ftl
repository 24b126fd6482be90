<#list tables as table>
static const ${table.type} ${table.name}[${table.length}] = {
<#list table.rows as row>
${row}
</#list>
};

</#list>
static inline ${result} ${name}(${parameterList})
{
<#list statements as line>
${line}
</#list>
<#if returnsValue>
return ${returns};
</#if>
}
