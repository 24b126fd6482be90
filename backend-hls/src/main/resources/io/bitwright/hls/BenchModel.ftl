/* SPDX-License-Identifier: 0BSD */
/*
 * Test bench of ${network.name}.
 *
<#if network.selfTest>
 *   ${network.name}_tb                             a recorded inference; status 1 if a byte differs
</#if>
 *   ${network.name}_tb INPUT OUTPUT [SEED [TAPS]]  inferences over files of raw tensors, one after the other; with the
 *                                  headers of sim/, SEED orders the processes and TAPS is a folder that takes
 *                                  the beats of every FIFO
 */
#include "${network.name}.h"

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <vector>

<#if network.selfTest>
#include "${network.name}_recorded.h"

</#if>
typedef std::vector<unsigned char> bytes;
typedef hls::stream<${network.name}_ifm_t> ifm_stream;
typedef hls::stream<${network.name}_ofm_t> ofm_stream;

static const int FRAMES = ${network.macro}_FRAMES;
static const int INPUT_BYTES = ${network.ifm.codes};
static const int OUTPUT_BYTES = ${network.ofm.codes};

static void send(const unsigned char* frame, ifm_stream& ifm) {
  for (int i = 0; i < ${network.macro}_IFM_WORDS; ++i) {
    const int pixel = i / ${network.ifm.beatsPerPixel};
    const int first = i % ${network.ifm.beatsPerPixel} * ${network.macro}_IFM_LANES;
    ${network.name}_ifm_t word;
    for (int l = 0; l < ${network.macro}_IFM_LANES; ++l) {
      const bool there = first + l < ${network.macro}_IFM_CHANNELS;
      const int code = there ? frame[pixel * ${network.macro}_IFM_CHANNELS + first + l] - ${network.macro}_IFM_OFFSET : 0;
      word.data.range(8 * l + 7, 8 * l) = ap_int<8>(code);
    }
    word.keep = -1;
    word.strb = -1;
    word.last = i == ${network.macro}_IFM_WORDS - 1;
    ifm.write(word);
  }
}

/* False where an idle lane carries something or TLAST is wrong. */
static bool receive(unsigned char* frame, ofm_stream& ofm) {
  bool good = true;
  for (int i = 0; i < ${network.macro}_OFM_WORDS; ++i) {
    const int pixel = i / ${network.ofm.beatsPerPixel};
    const int first = i % ${network.ofm.beatsPerPixel} * ${network.macro}_OFM_LANES;
    ${network.name}_ofm_t word = ofm.read();
    for (int l = 0; l < ${network.macro}_OFM_LANES; ++l) {
      const ap_int<8> code = word.data.range(8 * l + 7, 8 * l);
      if (first + l < ${network.macro}_OFM_CHANNELS) {
        frame[pixel * ${network.macro}_OFM_CHANNELS + first + l] =
            static_cast<unsigned char>(int(code) + ${network.macro}_OFM_OFFSET);
      } else {
        good = good && int(code) == 0;
      }
    }
    good = good && bool(word.last) == (i == ${network.macro}_OFM_WORDS - 1);
  }
  return good;
}

/* All frames, ${network.macro}_FRAMES a call; calls that are not full repeat the last frame. */
static bool infer(const bytes& input, bytes& output, std::size_t frames) {
  bytes spare(OUTPUT_BYTES);
  bool good = true;
  for (std::size_t done = 0; done < frames; done += FRAMES) {
    ifm_stream ifm;
    ofm_stream ofm;
    for (std::size_t f = done; f < done + FRAMES; ++f) {
      send(&input[(f < frames ? f : frames - 1) * INPUT_BYTES], ifm);
    }
    ${network.name}(ifm, ofm);
    for (std::size_t f = done; f < done + FRAMES; ++f) {
      good = receive(f < frames ? &output[f * OUTPUT_BYTES] : &spare[0], ofm) && good;
    }
    good = good && ifm.empty() && ofm.empty();
  }
  return good;
}

static void report() {
#ifdef BW_SIMULATION
  const bw_sim::simulation& all = bw_sim::simulation::get();
  for (std::size_t i = 0; i < all.cycles.size(); ++i) {
    std::printf("cycles %s %ld\n", all.cycles[i].first.c_str(), all.cycles[i].second);
  }
  if (all.rounds > 0) std::printf("rounds %ld\n", all.rounds);
  typedef std::map<std::string, std::pair<std::size_t, std::size_t> > fifos;
  for (fifos::const_iterator fifo = all.waited.begin(); fifo != all.waited.end(); ++fifo) {
    std::printf("fifo %s depth %lu held %lu\n", fifo->first.c_str(), static_cast<unsigned long>(fifo->second.first),
                static_cast<unsigned long>(fifo->second.second));
  }
#endif
}

static bool read_file(const char* path, bytes& content) {
  std::FILE* const file = std::fopen(path, "rb");
  if (file == NULL) return false;
  unsigned char block[4096];
  std::size_t count = std::fread(block, 1, sizeof block, file);
  while (count > 0) {
    content.insert(content.end(), block, block + count);
    count = std::fread(block, 1, sizeof block, file);
  }
  return std::fclose(file) == 0;
}

static bool write_file(const char* path, const bytes& content) {
  std::FILE* const file = std::fopen(path, "wb");
  if (file == NULL) return false;
  const bool written = content.empty() || std::fwrite(&content[0], 1, content.size(), file) == content.size();
  return std::fclose(file) == 0 && written;
}

static int run_files(int argc, char** argv) {
#ifdef BW_SIMULATION
  if (argc > 3) bw_sim::simulation::get().random = std::strtoul(argv[3], NULL, 10);
  if (argc > 4) bw_sim::simulation::get().taps = argv[4];
#endif
  bytes input;
  if (!read_file(argv[1], input) || input.empty() || input.size() % INPUT_BYTES != 0) {
    std::fprintf(stderr, "%s must hold tensors of %d bytes\n", argv[1], INPUT_BYTES);
    return 1;
  }
  const std::size_t frames = input.size() / INPUT_BYTES;
  bytes output(frames * OUTPUT_BYTES);
  const std::chrono::steady_clock::time_point start = std::chrono::steady_clock::now();
  if (!infer(input, output, frames)) {
    std::fprintf(stderr, "the output stream is malformed\n");
    return 1;
  }
  const std::chrono::nanoseconds spent = std::chrono::steady_clock::now() - start;
  if (!write_file(argv[2], output)) {
    std::fprintf(stderr, "cannot write %s\n", argv[2]);
    return 1;
  }
  report();
  std::printf("%lu inferences, %ld ns each\n", static_cast<unsigned long>(frames),
              static_cast<long>(spent.count()) / static_cast<long>(frames));
  (void) argc;
  return 0;
}

<#if network.selfTest>
static int self_test() {
  bytes input;
  for (int f = 0; f < FRAMES; ++f) input.insert(input.end(), recorded_ifm, recorded_ifm + INPUT_BYTES);
  bytes output(FRAMES * OUTPUT_BYTES);
  if (!infer(input, output, FRAMES)) {
    std::printf("FAILED: the output stream is malformed\n");
    return 1;
  }
  int differences = 0;
  for (int i = 0; i < FRAMES * OUTPUT_BYTES; ++i) {
    if (output[i] != recorded_ofm[i % OUTPUT_BYTES]) ++differences;
  }
  report();
  std::printf("%s: %d of %d bytes differ\n", differences == 0 ? "passed" : "FAILED", differences, FRAMES * OUTPUT_BYTES);
  return differences == 0 ? 0 : 1;
}

</#if>
int main(int argc, char** argv) {
<#if network.selfTest>
  if (argc == 1) return self_test();
</#if>
  if (argc >= 3) return run_files(argc, argv);
  std::fprintf(stderr, "usage: %s INPUT OUTPUT [SEED [TAPS]]\n", argv[0]);
  return 2;
}
