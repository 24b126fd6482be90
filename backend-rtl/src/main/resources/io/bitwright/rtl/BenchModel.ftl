// SPDX-License-Identifier: 0BSD
// Feeds ${core.name} the recorded frame three times and compares what it gives: prints PASS and exits with 0, or FAIL
// and 1. Runs in the folder that holds mem/ and tb/.
#include <cstdint>
#include <cstdio>
#include <fstream>
#include <memory>
#include <string>
#include <type_traits>
#include <vector>

#include "Dut.h"
#include "verilated.h"

double sc_time_stamp() { return 0; }

namespace {

constexpr int kFrames = 3;
constexpr size_t kInputBeats = ${core.ifm.beats};
constexpr size_t kOutputBeats = ${core.ofm.beats};
constexpr int kInputLanes = ${core.ifm.lanes};
constexpr int kOutputLanes = ${core.ofm.lanes};
constexpr uint64_t kLimit = 100000000;

using Beat = std::vector<uint8_t>;  // lane 0 first

std::vector<Beat> readBeats(const char* path, int lanes) {
  std::ifstream file(path);
  std::vector<Beat> beats;
  for (std::string line; std::getline(file, line);) {
    Beat beat(lanes);
    for (int lane = 0; lane < lanes; lane++) {
      beat[lane] = static_cast<uint8_t>(std::stoi(line.substr(2 * (lanes - 1 - lane), 2), nullptr, 16));
    }
    beats.push_back(beat);
  }
  return beats;
}

// A port is an integer, or an array of 32-bit words.
template <typename Port>
void put(Port& port, const Beat& beat) {
  if constexpr (std::is_integral_v<Port>) {
    uint64_t value = 0;
    for (size_t i = 0; i < beat.size(); i++) value |= static_cast<uint64_t>(beat[i]) << (8 * i);
    port = static_cast<Port>(value);
  } else {
    for (size_t i = 0; i < beat.size(); i += 4) port[i / 4] = 0;
    for (size_t i = 0; i < beat.size(); i++) port[i / 4] |= static_cast<uint32_t>(beat[i]) << (8 * (i % 4));
  }
}

template <typename Port>
Beat get(const Port& port, int lanes) {
  Beat beat(lanes);
  for (int i = 0; i < lanes; i++) {
    if constexpr (std::is_integral_v<Port>) {
      beat[i] = static_cast<uint8_t>(static_cast<uint64_t>(port) >> (8 * i));
    } else {
      beat[i] = static_cast<uint8_t>(port[i / 4] >> (8 * (i % 4)));
    }
  }
  return beat;
}

void clock(Dut& dut) {
  dut.clock = 1;
  dut.eval();
  dut.clock = 0;
  dut.eval();
}

}  // namespace

int main() {
  const std::vector<Beat> input = readBeats("tb/input.hex", kInputLanes);
  const std::vector<Beat> output = readBeats("tb/output.hex", kOutputLanes);
  if (input.size() != kInputBeats || output.size() != kOutputBeats) {
    std::printf("tb/input.hex or tb/output.hex is not complete\n");
    return 1;
  }
  const auto dut = std::make_unique<Dut>();
  dut->reset = 1;
  dut->ifm_valid = 0;
  dut->ofm_ready = 1;
  for (int i = 0; i < 4; i++) clock(*dut);
  dut->reset = 0;

  size_t sent = 0;
  size_t received = 0;
  size_t wrong = 0;
  uint64_t end = 0;
  for (uint64_t cycle = 0; received < kFrames * kOutputBeats && cycle < kLimit; cycle++) {
    dut->ifm_valid = sent < kFrames * kInputBeats;
    put(dut->ifm_bits, input[sent % kInputBeats]);
    dut->eval();
    if (dut->ofm_valid) {
      if (get(dut->ofm_bits, kOutputLanes) != output[received % kOutputBeats] && wrong++ == 0) {
        std::printf("output beat %zu differs\n", received);
      }
      if (++received % kOutputBeats == 0) {
        std::printf("frame %zu: done after cycle %llu, %llu cycles after the one before\n", received / kOutputBeats - 1,
                    static_cast<unsigned long long>(cycle + 1), static_cast<unsigned long long>(cycle + 1 - end));
        end = cycle + 1;
      }
    }
    if (dut->ifm_valid && dut->ifm_ready) sent++;
    clock(*dut);
  }
  const bool pass = wrong == 0 && received == kFrames * kOutputBeats;
  std::printf("${core.name}: %s\n", pass ? "PASS" : "FAIL");
  return pass ? 0 : 1;
}
