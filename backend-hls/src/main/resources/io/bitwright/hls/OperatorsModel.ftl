# SPDX-License-Identifier: 0BSD
# source operator, FIFO that carries its result, pixels, channels, lanes, type
<#list lines as line>
${line.operator} ${line.fifo} ${line.pixels} ${line.channels} ${line.lanes} ${line.type}
</#list>
