/* SPDX-License-Identifier: 0BSD */
/* An inference of ${network.name} as the interpreter computed it: bytes as the model types them. */
#ifndef ${network.macro}_RECORDED_H
#define ${network.macro}_RECORDED_H
static const unsigned char recorded_ifm[${network.ifm.codes}] = {
<#list inputRows as row>
  ${row}
</#list>
};

static const unsigned char recorded_ofm[${network.ofm.codes}] = {
<#list outputRows as row>
  ${row}
</#list>
};
#endif
