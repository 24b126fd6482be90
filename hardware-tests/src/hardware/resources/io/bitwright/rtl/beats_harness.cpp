// Drives a design with the streams `ifm` and `ofm` (ready/valid, beats of any width) for one request and records what
// passes through its channels.
//
// Standard input, little endian: u32 bytes of an input beat, u32 bytes of an output beat, u32 frames, u64 input beats
// a frame, u64 output beats a frame, u32 input stall percent, u32 output stall percent, u32 seed, u64 cycle limit,
// u64 cycle in which to reset the design and start over (0: never), u32 select, then the input's bytes. Standard
// output: for each frame u64 the cycle after its last output; the output's bytes; for each channel u64 blocked
// cycles, u64 most beats, u64 bytes, the bytes of all beats that left it. channels.inc lists the channels. A broken
// protocol ends with status 1 and a sentence on standard error. Signals change while the clock is low; handshakes are
// sampled before the rising edge.

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <type_traits>
#include <vector>

#include "Design.h"
#include "verilated.h"

double sc_time_stamp() { return 0; }

namespace {

using Bytes = std::vector<uint8_t>;

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

void write(uint64_t value) {
  for (int i = 0; i < 8; i++) std::putchar(static_cast<int>(value >> (8 * i) & 0xff));
}

// Byte i of a port, which is an integer or an array of 32-bit words.
template <typename Port>
uint8_t byteOf(const Port& port, size_t i) {
  if constexpr (std::is_integral_v<Port>) {
    return static_cast<uint8_t>(static_cast<uint64_t>(port) >> (8 * i));
  } else {
    return static_cast<uint8_t>(port[i / 4] >> (8 * (i % 4)));
  }
}

template <typename Port>
void put(Port& port, const uint8_t* bytes, size_t count) {
  if constexpr (std::is_integral_v<Port>) {
    uint64_t value = 0;
    for (size_t i = 0; i < count; i++) value |= static_cast<uint64_t>(bytes[i]) << (8 * i);
    port = static_cast<Port>(value);
  } else {
    for (size_t i = 0; i < count; i += 4) {
      uint32_t word = 0;
      for (size_t b = 0; b < 4 && i + b < count; b++) word |= static_cast<uint32_t>(bytes[i + b]) << (8 * b);
      port[i / 4] = word;
    }
  }
}

template <typename Port>
void append(Bytes& to, const Port& port, size_t count) {
  for (size_t i = 0; i < count; i++) to.push_back(byteOf(port, i));
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

struct Channel {
  uint64_t blocked = 0;
  uint64_t most = 0;
  Bytes beats;
};

struct Request {
  uint32_t inputBytes = read<uint32_t>();
  uint32_t outputBytes = read<uint32_t>();
  uint32_t frames = read<uint32_t>();
  uint64_t inputBeats = read<uint64_t>() * frames;
  uint64_t frameBeats = read<uint64_t>();
  uint32_t inputStall = read<uint32_t>();
  uint32_t outputStall = read<uint32_t>();
  uint32_t seed = read<uint32_t>();
  uint64_t limit = read<uint64_t>();
  uint64_t resetAt = read<uint64_t>();
  uint32_t select = read<uint32_t>();
};

template <typename Top>
auto choose(Top& top, uint32_t select, int) -> decltype(top.select, void()) {
  top.select = select;
}
template <typename Top>
void choose(Top&, uint32_t, long) {}

class Run {
 public:
  Run(Design& top, const Request& request, const Bytes& input) : top_(top), request_(request), input_(input) {}

  void reset() {
    choose(top_, request_.select, 0);
    top_.reset = 1;
    top_.ifm_valid = 0;
    top_.ofm_ready = 0;
    top_.clock = 0;
    top_.eval();
    clock();
    top_.reset = 0;
  }

  // Until the last output and some cycles more, or for `cycles` cycles if that is not 0.
  void run(uint64_t cycles) {
    Stalls source(request_.inputStall, request_.seed);
    Stalls sink(request_.outputStall, request_.seed * 2654435761u);
    const uint64_t outputBeats = request_.frameBeats * request_.frames;
    const size_t outputBytes = request_.outputBytes;
    bool offering = false;  // the source keeps a beat on offer until it is taken
    Bytes held;             // the beat that the design offered and that was not taken
    for (int quiet = 0; quiet < kQuietCycles && (cycles == 0 || cycle_ < cycles); cycle_++) {
      if (cycle_ > request_.limit) fail(received_ == outputBeats ? "input is not taken" : "no last output", cycle_);
      offering = offering || (sent_ < request_.inputBeats && !source.stalled());
      top_.ifm_valid = offering;
      if (offering) put(top_.ifm_bits, &input_[sent_ * request_.inputBytes], request_.inputBytes);
      top_.ofm_ready = !sink.stalled();
      top_.eval();

      Bytes offered;
      if (top_.ofm_valid) append(offered, top_.ofm_bits, outputBytes);
      if (!held.empty() && held != offered) fail("an offered output was withdrawn or changed", cycle_);
      held.clear();
      if (top_.ofm_valid && received_ == outputBeats) fail("an output too many", cycle_);
      if (top_.ofm_valid && !top_.ofm_ready) held = offered;
      if (top_.ofm_valid && top_.ofm_ready) {
        output.insert(output.end(), offered.begin(), offered.end());
        if (++received_ % request_.frameBeats == 0) ends.push_back(cycle_ + 1);
      }
      if (offering && top_.ifm_ready) {
        sent_++;
        offering = false;
      }
      record();
      if (received_ == outputBeats && sent_ == request_.inputBeats) quiet++;
      clock();
    }
  }

  std::vector<uint64_t> ends;
  Bytes output;
  std::vector<Channel> channels;

 private:
  void clock() {
    top_.clock = 1;
    top_.eval();
    top_.clock = 0;
    top_.eval();
  }

  void record() {
    size_t next = 0;
    (void)next;
#define CHANNEL(id, bytes)                                                         \
  {                                                                                \
    if (channels.size() <= next) channels.emplace_back();                          \
    Channel& channel = channels[next++];                                           \
    if (top_.probe_##id##_fire) append(channel.beats, top_.probe_##id##_bits, bytes); \
    if (top_.probe_##id##_count > channel.most) channel.most = top_.probe_##id##_count; \
    channel.blocked += top_.probe_##id##_blocked;                                  \
  }
#include "channels.inc"
#undef CHANNEL
  }

  Design& top_;
  const Request& request_;
  const Bytes& input_;
  uint64_t cycle_ = 0;
  uint64_t sent_ = 0;
  uint64_t received_ = 0;
};

}  // namespace

int main() {
  const Request request;
  Bytes input(request.inputBeats * request.inputBytes);
  if (std::fread(input.data(), 1, input.size(), stdin) != input.size()) fail("the request is cut short", 0);

  const auto top = std::make_unique<Design>();
  if (request.resetAt != 0) {
    Run aborted(*top, request, input);
    aborted.reset();
    aborted.run(request.resetAt);
  }
  Run run(*top, request, input);
  run.reset();
  run.run(0);

  for (uint64_t end : run.ends) write(end);
  std::fwrite(run.output.data(), 1, run.output.size(), stdout);
  for (const Channel& channel : run.channels) {
    write(channel.blocked);
    write(channel.most);
    write(channel.beats.size());
    std::fwrite(channel.beats.data(), 1, channel.beats.size(), stdout);
  }
  return std::fflush(stdout) == 0 ? 0 : 1;
}
