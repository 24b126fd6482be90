// Drives an accelerator with the streams `ifm` and `ofm` (ready/valid) and watches its channels.
//
// Usage: simulation REQUEST FOLDER [WAVEFORM]. What of the design must be known at compile time is in design.h:
// IFM_BYTES and OFM_BYTES, the bytes of a beat; CHANNELS; FOR_EACH_PROBE(P), which expands to P(i, bytes) for each channel
// that the design shows. WAVEFORM_HEADER and WAVEFORM_CLASS are defined where signals are recorded.
//
// REQUEST, numbers of 64 bits, little endian: frames; beats a frame at ifm, at ofm; cycles without any handshake at either
// end that are a hang; whether there are stalls, their seed; the cycle of a reset, 0 for none; the number of taps, and for
// each the channel and its beats a frame; then the beats of all frames. FOLDER takes ofm.bin and tap_I.bin, beats;
// cycles.bin, for each frame the cycles of first input, last input, first output and last output, counted from the first
// cycle after the (last) reset; channels.bin, for each channel its high-water mark, blocked cycles and beats.
//
// A broken protocol ends with status 1 and a sentence. Signals change while the clock is low; handshakes are sampled before
// the rising edge.

#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <string>
#include <vector>

#include "Design.h"
#include "design.h"
#include "verilated.h"
#ifdef WAVEFORM_HEADER
#include WAVEFORM_HEADER
#endif

double sc_time_stamp() { return 0; }

namespace {

// Cycles after the last expected output in which no further one may appear.
constexpr int kQuietCycles = 64;
constexpr int kResetCycles = 4;
constexpr int kTimeUnitsACycle = 10;
constexpr uint64_t kCyclesBetweenReports = 1 << 14;

[[noreturn]] void fail(const std::string& what) {
  std::fprintf(stderr, "error: %s\n", what.c_str());
  std::exit(1);
}

std::string inCycle(const char* what, uint64_t cycle) { return std::string(what) + " in cycle " + std::to_string(cycle); }

// Ports are integers, or arrays of 32-bit words from 65 bits on.
template <typename T>
void put(T& port, const uint8_t* bytes, size_t count) {
  T value = 0;
  std::memcpy(&value, bytes, count);
  port = value;
}

template <std::size_t N>
void put(VlWide<N>& port, const uint8_t* bytes, size_t count) {
  std::memcpy(port.data(), bytes, count);
}

template <typename T>
void get(const T& port, uint8_t* bytes, size_t count) {
  std::memcpy(bytes, &port, count);
}

template <std::size_t N>
void get(const VlWide<N>& port, uint8_t* bytes, size_t count) {
  std::memcpy(bytes, port.data(), count);
}

class Input {
 public:
  explicit Input(const char* path) : file_(std::fopen(path, "rb")) {
    if (file_ == nullptr) fail(std::string("cannot read ") + path);
  }
  ~Input() { std::fclose(file_); }

  void bytes(uint8_t* to, size_t count) {
    if (std::fread(to, 1, count, file_) != count) fail("the request is cut short");
  }
  uint64_t number() {
    uint64_t value = 0;
    bytes(reinterpret_cast<uint8_t*>(&value), sizeof value);
    return value;
  }

 private:
  std::FILE* file_;
};

class Output {
 public:
  Output(const std::string& folder, const std::string& name) : path_(folder + "/" + name), file_(std::fopen(path_.c_str(), "wb")) {
    if (file_ == nullptr) fail("cannot write " + path_);
  }
  void bytes(const uint8_t* from, size_t count) {
    if (std::fwrite(from, 1, count, file_) != count) fail("cannot write " + path_);
  }
  void number(uint64_t value) { bytes(reinterpret_cast<const uint8_t*>(&value), sizeof value); }
  void restart() {
    if (std::fflush(file_) != 0 || std::freopen(path_.c_str(), "wb", file_) == nullptr) fail("cannot write " + path_);
  }
  void close() {
    if (std::fclose(file_) != 0) fail("cannot write " + path_);
  }

 private:
  std::string path_;
  std::FILE* file_;
};

struct Request {
  uint64_t frames, inputBeats, outputBeats, hangCycles, stalls, seed, resetAt;
  std::vector<std::pair<uint64_t, uint64_t>> taps;
  std::vector<uint8_t> input;

  explicit Request(const char* path) {
    Input in(path);
    for (uint64_t* field : {&frames, &inputBeats, &outputBeats, &hangCycles, &stalls, &seed, &resetAt}) *field = in.number();
    taps.resize(in.number());
    for (auto& tap : taps) {
      tap.first = in.number();
      tap.second = in.number();
    }
    input.resize(frames * inputBeats * IFM_BYTES);
    in.bytes(input.data(), input.size());
  }
};

// xorshift64: the same stalls on every machine. Stretches of up to 256 cycles, in each of which no cycle, a quarter, three
// quarters or all cycles are stalled, so that channels run full and empty.
class Stalls {
 public:
  Stalls(bool any, uint64_t seed) : any_(any), state_((seed + 1) * 0x9e3779b97f4a7c15u | 1u) {}
  bool stalled() {
    if (!any_) return false;
    if (left_-- == 0) {
      left_ = next() % 256;
      quarters_ = kQuarters[next() % 4];
    }
    return next() % 4 < quarters_;
  }

 private:
  static constexpr uint64_t kQuarters[4] = {0, 1, 3, 4};
  uint64_t next() {
    state_ ^= state_ << 13;
    state_ ^= state_ >> 7;
    state_ ^= state_ << 17;
    return state_ >> 24;
  }

  bool any_;
  uint64_t state_;
  uint64_t left_ = 0;
  uint64_t quarters_ = 0;
};

constexpr uint64_t Stalls::kQuarters[4];

struct Channel {
  uint64_t highWater = 0, blocked = 0, beats = 0;
  Output* tap = nullptr;
  uint64_t tapped = 0;
};

class Simulation {
 public:
  Simulation(const Request& request, const std::string& folder, const char* waveform)
      : request_(request), folder_(folder), ofm_(folder, "ofm.bin"), channels_(CHANNELS), cycles_(4 * request.frames) {
    for (const auto& tap : request.taps) {
      taps_.push_back(std::make_unique<Output>(folder, "tap_" + std::to_string(tap.first) + ".bin"));
      channels_.at(tap.first).tap = taps_.back().get();
      channels_.at(tap.first).tapped = request.frames * tap.second;
    }
    context_.traceEverOn(waveform != nullptr);
    top_ = std::make_unique<Design>(&context_);
#ifdef WAVEFORM_HEADER
    if (waveform == nullptr) fail("no file for the waveform");
    top_->trace(&waveform_, 99);
    waveform_.open(waveform);
    if (!waveform_.isOpen()) fail(std::string("cannot write ") + waveform);
#endif
  }

  void run() {
    reset();
    if (request_.resetAt > 0) {
      while (cycle_ < request_.resetAt) {
        if (step()) break;
      }
      forget();
      reset();
    }
    while (!step()) {
    }
    finish();
  }

 private:
  void half(bool clock) {
    top_->clock = clock;
    top_->eval();
#ifdef WAVEFORM_HEADER
    waveform_.dump(time_);
#endif
    time_ += kTimeUnitsACycle / 2;
  }

  void reset() {
    top_->reset = 1;
    top_->ifm_valid = 0;
    top_->ofm_ready = 0;
    for (int i = 0; i < kResetCycles; i++) {
      half(false);
      half(true);
    }
    top_->reset = 0;
    start_ = time_;
  }

  void forget() {
    sent_ = received_ = cycle_ = lastMove_ = 0;
    quiet_ = 0;
    offering_ = held_ = false;
    ofm_.restart();
    for (auto& tap : taps_) tap->restart();
    for (auto& channel : channels_) channel.highWater = channel.blocked = channel.beats = 0;
  }

  // One cycle; whether all is done.
  bool step() {
    const bool wasOffering = offering_;
    offering_ = offering_ || (sent_ < request_.frames * request_.inputBeats && !source_.stalled());
    if (offering_ && !wasOffering) put(top_->ifm_bits, &request_.input[sent_ * IFM_BYTES], IFM_BYTES);
    top_->ifm_valid = offering_;
    top_->ofm_ready = !sink_.stalled();
    half(false);
    output();
    input();
    probe();
    half(true);
    cycle_++;
    if (cycle_ % kCyclesBetweenReports == 0) report();
    const bool done = received_ == request_.frames * request_.outputBeats;
    if (done && quiet_ < kQuietCycles) quiet_++;
    const bool over = done && quiet_ == kQuietCycles && sent_ == request_.frames * request_.inputBeats;
    if (!over && cycle_ - lastMove_ > request_.hangCycles) hang();
    return over;
  }

  void input() {
    if (!offering_ || !top_->ifm_ready) return;
    note(sent_, request_.inputBeats, 0);
    sent_++;
    offering_ = false;
    lastMove_ = cycle_;
  }

  void output() {
    uint8_t beat[OFM_BYTES];
    if (top_->ofm_valid) get(top_->ofm_bits, beat, OFM_BYTES);
    if (held_ && (!top_->ofm_valid || std::memcmp(beat, heldBeat_, OFM_BYTES) != 0)) {
      fail(inCycle("an offered output was withdrawn or changed", cycle_));
    }
    held_ = top_->ofm_valid && !top_->ofm_ready;
    if (!top_->ofm_valid) return;
    std::memcpy(heldBeat_, beat, OFM_BYTES);
    if (received_ == request_.frames * request_.outputBeats) fail(inCycle("an output too many", cycle_));
    if (held_) return;
    ofm_.bytes(beat, OFM_BYTES);
    note(received_, request_.outputBeats, 2);
    received_++;
    lastMove_ = cycle_;
  }

  // Notes the cycle of a frame's first and last beat.
  void note(uint64_t beat, uint64_t beats, int which) {
    const uint64_t frame = beat / beats;
    if (beat % beats == 0) cycles_[4 * frame + which] = cycle_;
    if (beat % beats == beats - 1) cycles_[4 * frame + which + 1] = cycle_;
  }

  template <typename Bits>
  void probe(int index, bool fires, const Bits& bits, uint64_t count, bool blocked, size_t bytes) {
    Channel& channel = channels_[index];
    if (count > channel.highWater) channel.highWater = count;
    channel.blocked += blocked;
    if (!fires) return;
    if (channel.beats < channel.tapped) {
      beat_.resize(bytes);
      get(bits, beat_.data(), bytes);
      channel.tap->bytes(beat_.data(), bytes);
    }
    channel.beats++;
  }

  void probe() {
#define PROBE(I, BYTES) \
  probe(I, top_->probe_##I##_fire, top_->probe_##I##_bits, top_->probe_##I##_count, top_->probe_##I##_blocked, BYTES);
    FOR_EACH_PROBE(PROBE)
#undef PROBE
  }

  uint64_t framesDone() const { return received_ / request_.outputBeats; }

  void report() {
    const auto now = std::chrono::steady_clock::now();
    if (now - reported_ < std::chrono::milliseconds(500)) return;
    const double seconds = std::chrono::duration<double>(now - began_).count();
    std::fprintf(stderr, "simulating: frame %llu of %llu, %llu cycles, %.0f cycles a second\n",
                 static_cast<unsigned long long>(framesDone() + 1), static_cast<unsigned long long>(request_.frames),
                 static_cast<unsigned long long>(cycle_), (time_ / kTimeUnitsACycle) / seconds);
    reported_ = now;
  }

  [[noreturn]] void hang() {
    fail("no beat moved at either end for " + std::to_string(request_.hangCycles) + " cycles up to cycle "
         + std::to_string(cycle_) + ": " + std::to_string(framesDone()) + " of " + std::to_string(request_.frames)
         + " frames done, " + std::to_string(sent_) + " beats taken, " + std::to_string(received_) + " given");
  }

  void finish() {
    top_->final();
#ifdef WAVEFORM_HEADER
    waveform_.close();
#endif
    ofm_.close();
    for (auto& tap : taps_) tap->close();
    Output cycles(folder_, "cycles.bin");
    cycles.number(start_);
    for (uint64_t cycle : cycles_) cycles.number(cycle);
    cycles.close();
    Output marks(folder_, "channels.bin");
    for (const Channel& channel : channels_) {
      marks.number(channel.highWater);
      marks.number(channel.blocked);
      marks.number(channel.beats);
    }
    marks.close();
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - began_).count();
    std::fprintf(stderr, "simulated %llu cycles in %.3f s\n", static_cast<unsigned long long>(cycle_), seconds);
  }

  const Request& request_;
  const std::string folder_;
  VerilatedContext context_;
  std::unique_ptr<Design> top_;
#ifdef WAVEFORM_HEADER
  WAVEFORM_CLASS waveform_;
#endif
  Output ofm_;
  std::vector<std::unique_ptr<Output>> taps_;
  std::vector<Channel> channels_;
  std::vector<uint64_t> cycles_;
  std::vector<uint8_t> beat_;
  Stalls source_{request_.stalls != 0, request_.seed};
  Stalls sink_{request_.stalls != 0, ~request_.seed};
  uint64_t sent_ = 0, received_ = 0, cycle_ = 0, lastMove_ = 0, time_ = 0, start_ = 0;
  int quiet_ = 0;
  bool offering_ = false;  // a beat stays on offer until it is taken
  bool held_ = false;      // the design offered a beat that was not taken
  uint8_t heldBeat_[OFM_BYTES];
  std::chrono::steady_clock::time_point began_ = std::chrono::steady_clock::now(), reported_ = began_;
};

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) fail("usage: simulation REQUEST FOLDER [WAVEFORM]");
  const Request request(argv[1]);
  Simulation(request, argv[2], argc > 3 ? argv[3] : nullptr).run();
  return 0;
}
