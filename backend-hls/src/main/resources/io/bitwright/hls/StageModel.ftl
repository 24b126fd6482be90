<#list comment as line>
<#if line?is_first>/* ${line}<#else> * ${line}</#if><#if line?is_last> */</#if>
</#list>
struct ${name}_config {
  static const int FRAMES = ${framesMacro};
<#list constants as constant>
  static const int ${constant.name} = ${constant.value};
</#list>
<#list types as type>
  ${type}
</#list>
<#list functions as function>

  static ${function.result} ${function.name}(${function.parameters}) {
    BW_PRAGMA(HLS ${function.pragma})
<#list function.tables as table>
    static const ${table.type} ${table.name}[${table.length}] = {
<#list table.rows as row>
      ${row}
</#list>
    };
<#if table.pragma != "">
    BW_PRAGMA(HLS ${table.pragma})
</#if>
</#list>
<#list function.unused as parameter>
    (void) ${parameter};
</#list>
<#list function.statements as statement>
    ${statement}
</#list>
    return ${function.returned};
  }
</#list>
};

static void ${name}(hls::stream<bw_beat<${inLanes}> >& in, hls::stream<bw_beat<${outLanes}> >& out) {
  BW_PRAGMA(HLS INLINE off)
  BW_STAGE(${name})
<#list arrays as array>
<#list array.pragmas as pragma>
  BW_PRAGMA(HLS ${pragma})
</#list>
</#list>
<#list memories as memory>
  ${memory.declaration};
<#list memory.pragmas as pragma>
  BW_PRAGMA(HLS ${pragma})
</#list>
</#list>
  ${template}<${name}_config>(in, out<#list arguments as argument>, ${argument}</#list>);
}
