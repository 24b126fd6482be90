/* SPDX-License-Identifier: 0BSD */
/*
 * Streams for simulation where the HLS tool's header is absent. Functions run one after the other and a stream
 * holds what it must. With BW_PARALLEL every DATAFLOW process runs on its own and a stream holds its depth: who
 * writes to a full one or reads from an empty one waits.
 */
#ifndef BW_SIM_HLS_STREAM_H
#define BW_SIM_HLS_STREAM_H
#include <cstddef>
#include <deque>

#include "bw_simulation.h"

namespace hls {
template <typename T>
class stream {
 public:
  stream() : items_(), fifo_() {}

  void write(const T& x) {
    fifo_.wait(bw_sim::fifo::FULL);
    items_.push_back(x);
    fifo_.written(items_.size());
    fifo_.record(&x, sizeof x);
  }

  T read() {
    fifo_.wait(bw_sim::fifo::EMPTY);
    const T x = items_.front();
    items_.pop_front();
    fifo_.size = items_.size();
    return x;
  }

  bool empty() const { return items_.empty(); }

  bw_sim::fifo& simulated() { return fifo_; }

 private:
  stream(const stream&);
  stream& operator=(const stream&);

  std::deque<T> items_;
  bw_sim::fifo fifo_;
};
}  // namespace hls
#endif
