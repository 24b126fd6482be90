/* SPDX-License-Identifier: 0BSD */
/*
 * ${name}: depthwise + pointwise convolution, the map between them never stored as a whole.
 * Source: ${comment}
 * ${ifm.height}x${ifm.width}x${ifm.channels} -> ${middle.height}x${middle.width}x${middle.channels} -> ${ofm.height}x${ofm.width}x${ofm.channels}, int8, raster order, channels fastest.
 */
#include "bw_hls.h"

typedef ap_int<8> code_t;

static const code_t depthwise_weights[] = {<#list depthwise.weights as w>${w}<#sep>, </#sep></#list>};
static const ap_int<32> depthwise_bias[${middle.channels}] = {<#list depthwise.bias as b>${b}<#sep>, </#sep></#list>};
static const code_t pointwise_weights[] = {<#list pointwise.weights as w>${w}<#sep>, </#sep></#list>};
static const ap_int<32> pointwise_bias[${ofm.channels}] = {<#list pointwise.bias as b>${b}<#sep>, </#sep></#list>};
<#list tables as table>
static const ap_int<${table.bits}> ${table.name}[] = {<#list table.entries as e>${e}<#sep>, </#sep></#list>};
</#list>

<#list stages as stage>
static code_t ${stage.name}_epilogue(ap_int<${stage.accBits}> acc, ap_int<17> channel) {
  BW_PRAGMA(HLS INLINE)
  (void) channel;
<#list stage.epilogue.statements as statement>
  ${statement}
</#list>
  return ${stage.epilogue.result};
}

</#list>
/* One output pixel of the depthwise convolution. */
static void depthwise_pixel(const code_t ifm[${ifm.height}][${ifm.width}][${ifm.channels}], int y, int x, code_t pixel[${middle.channels}]) {
  for (int o = 0; o < ${middle.channels}; ++o) {
    ap_int<${depthwise.accBits}> acc = depthwise_bias[o];
    for (int i = 0; i < ${kernel.height}; ++i) {
      for (int j = 0; j < ${kernel.width}; ++j) {
        const int in_y = y * ${kernel.strideH} - ${kernel.top} + i * ${kernel.dilationH};
        const int in_x = x * ${kernel.strideW} - ${kernel.left} + j * ${kernel.dilationW};
        const bool inside = in_y >= 0 && in_y < ${ifm.height} && in_x >= 0 && in_x < ${ifm.width};
        const code_t tap = inside ? ifm[in_y][in_x][o / ${kernel.multiplier}] : code_t(${kernel.paddingCode});
        acc = acc + tap * depthwise_weights[(i * ${kernel.width} + j) * ${middle.channels} + o];
      }
    }
    pixel[o] = depthwise_epilogue(acc, ap_int<17>(o));
  }
}

extern "C" void ${name}(hls::stream<code_t>& in, hls::stream<code_t>& out) {
  BW_PRAGMA(HLS INTERFACE mode=axis port=in)
  BW_PRAGMA(HLS INTERFACE mode=axis port=out)
  static code_t ifm[${ifm.height}][${ifm.width}][${ifm.channels}];
  code_t pixel[${middle.channels}];
  for (int y = 0; y < ${ifm.height}; ++y) {
    for (int x = 0; x < ${ifm.width}; ++x) {
      for (int c = 0; c < ${ifm.channels}; ++c) {
        ifm[y][x][c] = in.read();
      }
    }
  }
  for (int y = 0; y < ${ofm.height}; ++y) {
    for (int x = 0; x < ${ofm.width}; ++x) {
      depthwise_pixel(ifm, y, x, pixel);
      for (int o = 0; o < ${ofm.channels}; ++o) {
        ap_int<${pointwise.accBits}> acc = pointwise_bias[o];
        for (int c = 0; c < ${middle.channels}; ++c) {
          acc = acc + pixel[c] * pointwise_weights[o * ${middle.channels} + c];
        }
        out.write(pointwise_epilogue(acc, ap_int<17>(o)));
      }
    }
  }
}
