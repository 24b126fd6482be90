/* SPDX-License-Identifier: 0BSD */
/*
 * What simulation records and how it runs processes: iterations of each stage's loops, beats that waited in each
 * FIFO, and beats of FIFOs that are tapped.
 */
#ifndef BW_SIMULATION_H
#define BW_SIMULATION_H
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>
#ifdef BW_PARALLEL
#include <ucontext.h>
#endif

#define BW_SIMULATION 1

namespace bw_sim {
#ifdef BW_PARALLEL
/* One function of the DATAFLOW region. */
struct process {
  std::string name;
  bool done = false;
  std::function<void()> body;
  std::function<bool()> ready;
  long wakes = 0;
  ucontext_t context;
  std::vector<char> stack;
};
#endif

/* Everything that is recorded, and the processes of the running call. */
class simulation {
 public:
  static simulation& get() {
    static simulation only;
    return only;
  }

  /* Iterations of a stage's loops since the start, in order of the stages' first call. */
  std::vector<std::pair<std::string, long> > cycles;
  /* By FIFO: depth, and the most beats that ever waited. */
  std::map<std::string, std::pair<std::size_t, std::size_t> > waited;
  /* Folder that tapped FIFOs' beats are written to; empty: none. */
  std::string taps;
  unsigned long long random;

  /* Rounds that the processes took in step. */
  long rounds;

  /* Counts cycles of the current stage's loop. In step with the others, its process rests that long. */
  void cycle(long count) {
    cycles[current_].second += count;
    rest(count);
  }

  /* The current process is this stage. */
  void stage(const char* name) {
    current_ = 0;
    while (current_ < cycles.size() && cycles[current_].first != name) ++current_;
    if (current_ == cycles.size()) cycles.push_back(std::make_pair(std::string(name), 0L));
  }

  /* Takes a process of the region; without BW_PARALLEL it runs at once. */
  void start(const char* text, const std::function<void()>& body);
  /* Runs the processes to their ends. */
  void join();
  /* Lets others run until the condition holds. */
  void wait(const std::function<bool()>& ready);
  /* Lets others run now and then. */
  void hesitate();
  /* Waits for so many rounds. */
  void rest(long count);

 private:
  simulation() : cycles(), waited(), taps(), random(1), rounds(0), current_(0) {}

  std::size_t current_;
#ifdef BW_PARALLEL
  process* running_ = nullptr;
  std::vector<std::unique_ptr<process> > processes_;
  ucontext_t scheduler_;

  unsigned next(unsigned below) {
    random = random * 6364136223846793005u + 1442695040888963407u;
    return static_cast<unsigned>(random >> 33) % below;
  }
  void stop_if_stuck();
  static void enter() {
    simulation& all = get();
    all.running_->body();
    all.running_->done = true;
    swapcontext(&all.running_->context, &all.scheduler_);
  }
  void leave() {
    process* const self = running_;
    const std::size_t stage = current_;
    swapcontext(&self->context, &scheduler_);
    running_ = self;
    current_ = stage;
  }
#endif
};

#ifdef BW_PARALLEL
inline void simulation::start(const char* text, const std::function<void()>& body) {
  std::unique_ptr<process> one(new process());
  one->name = std::string(text).substr(0, std::string(text).find('('));
  one->body = body;
  one->stack.resize(1 << 18);
  getcontext(&one->context);
  one->context.uc_stack.ss_sp = one->stack.data();
  one->context.uc_stack.ss_size = one->stack.size();
  one->context.uc_link = nullptr;
  makecontext(&one->context, &simulation::enter, 0);
  processes_.push_back(std::move(one));
}

/* Random order if there is a seed; else in step: a round lets each process take a cycle, the last of the stream first. */
inline void simulation::join() {
  std::size_t left = processes_.size();
  std::size_t at = processes_.size();
  std::size_t idle = 0;
  while (left > 0) {
    if (random != 0) {
      at = next(static_cast<unsigned>(processes_.size()));
    } else if (at == 0) {
      at = processes_.size();
      ++rounds;
    }
    at = (at + processes_.size() - 1) % processes_.size();
    process& one = *processes_[at];
    if (one.done || one.wakes > rounds || (one.ready && !one.ready())) {
      idle += one.wakes > rounds ? 0 : 1;
      if (idle > 64 * processes_.size()) stop_if_stuck();
      continue;
    }
    idle = 0;
    one.ready = nullptr;
    running_ = &one;
    swapcontext(&scheduler_, &one.context);
    if (one.done) --left;
  }
  running_ = nullptr;
  processes_.clear();
}

inline void simulation::stop_if_stuck() {
  for (std::size_t i = 0; i < processes_.size(); ++i) {
    const process& one = *processes_[i];
    if (!one.done && (one.wakes > rounds || !one.ready || one.ready())) return;
  }
  std::fprintf(stderr, "deadlock: every process waits:");
  for (std::size_t i = 0; i < processes_.size(); ++i) {
    if (!processes_[i]->done) std::fprintf(stderr, " %s", processes_[i]->name.c_str());
  }
  std::fprintf(stderr, "\n");
  std::exit(3);
}

inline void simulation::wait(const std::function<bool()>& ready) {
  if (running_ != nullptr && !ready()) {
    running_->ready = ready;
    leave();
  }
}

inline void simulation::hesitate() {
  if (running_ != nullptr && random != 0 && next(16) == 0) leave();
}

inline void simulation::rest(long count) {
  if (running_ != nullptr && random == 0) {
    running_->wakes = rounds + count;
    leave();
  }
}
#else
inline void simulation::start(const char*, const std::function<void()>& body) { body(); }
inline void simulation::join() {}
inline void simulation::wait(const std::function<bool()>& ready) {
  if (!ready()) {
    std::fprintf(stderr, "a stream is read while it is empty\n");
    std::exit(3);
  }
}
inline void simulation::hesitate() {}
inline void simulation::rest(long) {}
#endif

/* What is known of a stream. */
struct fifo {
  enum reason { FULL, EMPTY };
  std::string name;
  std::size_t depth;
  std::size_t size;
  std::size_t most;
  std::FILE* tap;

  fifo() : name(), depth(0), size(0), most(0), tap(nullptr) {}
  ~fifo() {
    if (tap != nullptr) std::fclose(tap);
    if (!name.empty()) {
      std::pair<std::size_t, std::size_t>& kept = simulation::get().waited[name];
      kept.first = depth;
      if (kept.second < most) kept.second = most;
    }
  }

  /* Names a stream of the region; without a depth a stream holds whatever is written. */
  void describe(const char* text, std::size_t beats) {
    name = text;
    depth = beats;
    const std::string folder = simulation::get().taps;
    if (!folder.empty()) {
      tap = std::fopen((folder + "/" + name + ".beats").c_str(), "ab");
    }
  }

  void wait(reason why) {
    simulation::get().hesitate();
    if (why == EMPTY) {
      simulation::get().wait([this] { return size > 0; });
    } else {
#ifdef BW_PARALLEL
      if (depth > 0) simulation::get().wait([this] { return size < depth; });
#endif
    }
  }

  void written(std::size_t now) {
    size = now;
    if (size > most) most = size;
  }

  void record(const void* beat, std::size_t bytes) {
    if (tap != nullptr && std::fwrite(beat, 1, bytes, tap) != bytes) {
      std::fprintf(stderr, "cannot write what %s carries\n", name.c_str());
      std::exit(1);
    }
  }
};

/* Ends a region: its destructor runs the processes that were started. */
struct region {
  ~region() { simulation::get().join(); }
};
}  // namespace bw_sim
#endif
