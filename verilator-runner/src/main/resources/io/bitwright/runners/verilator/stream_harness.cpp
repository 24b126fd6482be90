// Drives a design with the byte streams `ifm` and `ofm` (ready/valid) for one request.
//
// Standard input, little endian: u32 input bytes, u32 output bytes, u32 input stall percent, u32 output stall percent,
// u32 seed, u64 cycle limit, then the input bytes. Standard output: u64 cycles, then the output bytes. A broken
// protocol ends with status 1 and a sentence on standard error. Signals change while the clock is low; handshakes are
// sampled before the rising edge.

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <vector>

#include "Design.h"
#include "verilated.h"

double sc_time_stamp() { return 0; }

namespace {

// Cycles after the last expected output in which no further one may appear.
constexpr int kQuietCycles = 64;

[[noreturn]] void fail(const char* what, uint64_t cycle) {
  std::fprintf(stderr, "%s in cycle %llu\n", what, static_cast<unsigned long long>(cycle));
  std::exit(1);
}

template <typename T>
T read() {
  uint8_t bytes[sizeof(T)];
  if (std::fread(bytes, 1, sizeof(T), stdin) != sizeof(T)) fail("the request is cut short", 0);
  T value = 0;
  for (size_t i = 0; i < sizeof(T); i++) value |= static_cast<T>(bytes[i]) << (8 * i);
  return value;
}

// xorshift32: the same stalls on every machine.
class Stalls {
 public:
  Stalls(uint32_t percent, uint32_t seed) : percent_(percent), state_(seed | 1u) {}
  bool stalled() {
    state_ ^= state_ << 13;
    state_ ^= state_ >> 17;
    state_ ^= state_ << 5;
    return (state_ >> 8) % 100 < percent_;
  }

 private:
  uint32_t percent_;
  uint32_t state_;
};

class Simulation {
 public:
  explicit Simulation(Design& top) : top_(top) {}

  void reset() {
    top_.reset = 1;
    top_.ifm_valid = 0;
    top_.ofm_ready = 0;
    for (int i = 0; i < 4; i++) clock();
    top_.reset = 0;
  }

  void clock() {
    top_.clock = 1;
    top_.eval();
    top_.clock = 0;
    top_.eval();
  }

 private:
  Design& top_;
};

}  // namespace

int main() {
  const uint32_t inputBytes = read<uint32_t>();
  const uint32_t outputBytes = read<uint32_t>();
  const uint32_t inputStall = read<uint32_t>();
  const uint32_t outputStall = read<uint32_t>();
  const uint32_t seed = read<uint32_t>();
  const uint64_t limit = read<uint64_t>();
  std::vector<uint8_t> input(inputBytes);
  if (std::fread(input.data(), 1, inputBytes, stdin) != inputBytes) fail("the request is cut short", 0);

  const auto top = std::make_unique<Design>();
  Simulation simulation(*top);
  simulation.reset();

  Stalls source(inputStall, seed);
  Stalls sink(outputStall, seed * 2654435761u);
  std::vector<uint8_t> output;
  size_t sent = 0;
  bool offering = false;  // the source keeps a byte on offer until it is taken
  bool held = false;      // the design offered a byte that was not taken
  uint8_t heldByte = 0;
  uint64_t cycle = 0;
  uint64_t lastOutput = 0;
  for (int quiet = 0; quiet < kQuietCycles; cycle++) {
    if (cycle > limit) fail("no last output", cycle);
    offering = offering || (sent < inputBytes && !source.stalled());
    top->ifm_valid = offering;
    top->ifm_bits = offering ? input[sent] : 0x5a;
    top->ofm_ready = !sink.stalled();
    top->eval();

    const bool changed = !top->ofm_valid || top->ofm_bits != heldByte;
    if (held && changed) fail("an offered output was withdrawn or changed", cycle);
    held = top->ofm_valid && !top->ofm_ready;
    heldByte = top->ofm_bits;
    if (top->ofm_valid && output.size() == outputBytes) fail("an output too many", cycle);
    if (top->ofm_valid && top->ofm_ready) {
      output.push_back(top->ofm_bits);
      lastOutput = cycle + 1;
    }
    if (offering && top->ifm_ready) {
      sent++;
      offering = false;
    }
    if (output.size() == outputBytes) quiet++;
    simulation.clock();
  }
  if (sent != inputBytes) fail("input was left over", cycle);

  for (int i = 0; i < 8; i++) std::putchar(static_cast<int>(lastOutput >> (8 * i) & 0xff));
  std::fwrite(output.data(), 1, output.size(), stdout);
  return std::fflush(stdout) == 0 ? 0 : 1;
}
