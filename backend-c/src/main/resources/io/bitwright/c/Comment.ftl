/*
<#list frame.comment as line>
 * ${line}
</#list>
 */
