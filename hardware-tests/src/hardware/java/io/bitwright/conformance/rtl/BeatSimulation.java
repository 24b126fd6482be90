package io.bitwright.conformance.rtl;

import io.bitwright.rtl.RenderedDesign;
import io.bitwright.runners.verilator.VerilatedModel;
import io.bitwright.runners.verilator.Verilator;
import io.bitwright.runners.verilator.Verilator.Effort;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A built simulation of designs with streams of any width, driven by beats_harness.cpp. */
final class BeatSimulation {
  private static final String HARNESS = "beats_harness.cpp";
  private static final Duration LIMIT = Duration.ofMinutes(10);

  private final VerilatedModel model;

  private BeatSimulation(VerilatedModel model) {
    this.model = model;
  }

  /**
   * One run.
   *
   * @param inputLanes  bytes of an input beat
   * @param frames  back to back
   * @param inputBeats  a frame
   * @param inputStalls  percent of the cycles in which the source offers nothing
   * @param resetAt  cycle in which the design is reset and everything starts over; 0 for never
   * @param select  which design
   * @param input  all frames
   */
  record Request(int inputLanes, int outputLanes, int frames, long inputBeats, long outputBeats, int inputStalls,
      int outputStalls, int seed, long resetAt, int select, byte[] input) {
    Request withStalls(int inputPercent, int outputPercent, int newSeed) {
      return new Request(inputLanes, outputLanes, frames, inputBeats, outputBeats, inputPercent, outputPercent,
          newSeed, resetAt, select, input);
    }

    Request withReset(long cycle) {
      return new Request(inputLanes, outputLanes, frames, inputBeats, outputBeats, inputStalls, outputStalls, seed,
          cycle, select, input);
    }
  }

  /** What passed through a channel. */
  record Passed(long blockedCycles, long most, byte[] beats) {}

  /**
   * What a run gave.
   *
   * @param ends  for each frame the cycle after its last output beat
   * @param channels  of a design with probes
   */
  record Outcome(List<Long> ends, byte[] output, List<Passed> channels) {
    /** Cycles from the last but one frame's end to the last one's. */
    long interval() {
      return ends.get(ends.size() - 1) - ends.get(ends.size() - 2);
    }
  }

  /**
   * Lints and builds.
   *
   * @param modules  Verilog by file name without extension
   * @param images  memory images by file name
   * @param channels  lines {@code CHANNEL(id, bytes)}
   */
  static BeatSimulation build(Map<String, String> modules, Map<String, String> images, String top, String channels,
      Path folder) {
    try (InputStream harness = BeatSimulation.class.getResourceAsStream("/io/bitwright/rtl/" + HARNESS)) {
      Path sources = Files.createDirectories(folder.resolve("rtl"));
      Path build = Files.createDirectories(folder.resolve("build"));
      Path memories = Files.createDirectories(build.resolve("mem"));
      for (Map.Entry<String, String> module : modules.entrySet()) {
        Files.writeString(sources.resolve(module.getKey() + ".sv"), module.getValue());
      }
      for (Map.Entry<String, String> image : images.entrySet()) {
        Files.writeString(memories.resolve(image.getKey()), image.getValue());
      }
      Files.writeString(build.resolve("channels.inc"), channels);
      Files.write(build.resolve(HARNESS), harness.readAllBytes());
      Verilator.lint(sources, top);
      return new BeatSimulation(Verilator.build(sources, top, build.resolve(HARNESS), build, Effort.BUILD_FAST));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static BeatSimulation build(RenderedDesign design, String top, String channels, Path folder) {
    return build(design.modules(), design.images(), top, channels, folder);
  }

  Outcome run(Request request, long cycleLimit) {
    ByteBuffer header = ByteBuffer.allocate(60).order(ByteOrder.LITTLE_ENDIAN);
    header.putInt(request.inputLanes()).putInt(request.outputLanes()).putInt(request.frames());
    header.putLong(request.inputBeats()).putLong(request.outputBeats());
    header.putInt(request.inputStalls()).putInt(request.outputStalls()).putInt(request.seed());
    header.putLong(cycleLimit).putLong(request.resetAt()).putInt(request.select());
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(header.array());
    all.writeBytes(request.input());
    ByteBuffer reply = ByteBuffer.wrap(model.run(all.toByteArray(), LIMIT)).order(ByteOrder.LITTLE_ENDIAN);
    List<Long> ends = new ArrayList<>();
    for (int i = 0; i < request.frames(); i++) {
      ends.add(reply.getLong());
    }
    byte[] output = take(reply, request.frames() * request.outputBeats() * request.outputLanes());
    List<Passed> channels = new ArrayList<>();
    while (reply.hasRemaining()) {
      channels.add(new Passed(reply.getLong(), reply.getLong(), take(reply, reply.getLong())));
    }
    return new Outcome(ends, output, channels);
  }

  private static byte[] take(ByteBuffer reply, long count) {
    byte[] bytes = new byte[Math.toIntExact(count)];
    reply.get(bytes);
    return bytes;
  }
}
