/* SPDX-License-Identifier: 0BSD */
/* AXI4-Stream words for simulation where the HLS tool's header is absent; of the side channels only TKEEP, TSTRB, TLAST. */
#ifndef BW_SIM_AP_AXI_SDATA_H
#define BW_SIM_AP_AXI_SDATA_H
#include <ap_int.h>

template <int WIDTH, int USER, int ID, int DEST>
struct ap_axiu {
  static_assert(USER == 0 && ID == 0 && DEST == 0, "no TUSER, TID and TDEST");
  ap_uint<WIDTH> data;
  ap_uint<(WIDTH + 7) / 8> keep;
  ap_uint<(WIDTH + 7) / 8> strb;
  bool last;
  ap_axiu() : data(), keep(), strb(), last(false) {}
};
#endif
