package io.bitwright.runners.verilator;

import io.bitwright.dataflow.DataflowPlan;
import io.bitwright.dataflow.FeatureMap;
import io.bitwright.dataflow.Stage;
import io.bitwright.ir.diag.DiagnosticException;
import io.bitwright.ir.diag.DiagnosticId;
import io.bitwright.ir.diag.SourceLocation;
import io.bitwright.ir.kernel.Value;
import io.bitwright.ir.type.TensorData;
import io.bitwright.runners.ExternalTool;
import io.bitwright.runners.RunRequest;
import io.bitwright.runners.SimulationOptions;
import io.bitwright.runners.ToolProcess;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One run of a built simulation: writes the request that the harness reads, runs it, reads what it left.
 *
 * @param folder  for the request and what the harness writes
 */
record SimulationRun(DataflowPlan plan, RunRequest request, Path folder) {
  private static final String NAME = "simulation";
  private static final int HEADER_NUMBERS = 8;
  /** Cycles without a handshake that no design needs: its stages one after the other, with pauses, several times. */
  private static final int HANG_FACTOR = 10;
  private static final long SHORTEST_HANG = 100_000;

  /**
   * What the harness measured.
   *
   * @param outputs  per frame as the model types it
   * @param startTime  when the first cycle began, in the waveform's units
   * @param frames  per frame: cycles of first input, last input, first output, last output
   * @param marks  per channel: high-water mark, blocked cycles, beats; zeros without probes
   */
  record Result(List<byte[]> outputs, List<SortedMap<Integer, byte[]>> taps, long startTime, long[][] frames,
      long[][] marks) {}

  Result run(Path built, List<Tap> taps, Duration limit) throws IOException {
    Path input = folder.resolve("request.bin");
    Files.write(input, requestBytes(taps));
    Path absolute = folder.toAbsolutePath();
    List<String> command = new ArrayList<>(List.of(built.resolve(SimulationBuild.PROGRAM).toAbsolutePath().toString(),
        absolute.resolve("request.bin").toString(), absolute.toString()));
    request.simulation().waveform().ifPresent(w -> command.add(w.file().toAbsolutePath().toString()));
    ExternalTool own = new ExternalTool(NAME, "verilator", "run the simulation");
    new ToolProcess(own, command, built, folder.resolve("run.log"), limit).run(request.progress());
    return read(taps);
  }

  private byte[] requestBytes(List<Tap> taps) {
    FeatureMap map = plan.input();
    int frameBytes = Math.toIntExact(map.beats() * map.lanes());
    int frames = request.frames().size();
    ByteBuffer bytes = ByteBuffer.allocate(Math.addExact(8 * (HEADER_NUMBERS + 2 * taps.size()),
        Math.multiplyExact(frames, frameBytes))).order(ByteOrder.LITTLE_ENDIAN);
    SimulationOptions options = request.simulation();
    bytes.putLong(frames).putLong(map.beats()).putLong(plan.output().beats()).putLong(hangCycles());
    bytes.putLong(options.stallSeed().isPresent() ? 1 : 0).putLong(options.stallSeed().orElse(0));
    bytes.putLong(options.resetAtCycle().orElse(0)).putLong(taps.size());
    taps.forEach(tap -> bytes.putLong(tap.channel().id()).putLong(tap.map().beats()));
    Value value = plan.program().inputs().get(0);
    for (List<byte[]> frame : request.frames()) {
      byte[] codes = frame.get(0).clone();
      if (value.recentred()) {
        TensorData.recentre(codes);
      }
      bytes.put(Beats.pack(map, codes));
    }
    return bytes.array();
  }

  private long hangCycles() {
    return SHORTEST_HANG + HANG_FACTOR * plan.stages().stream().mapToLong(Stage::intervalCycles).sum();
  }

  private Result read(List<Tap> taps) throws IOException {
    int count = request.frames().size();
    FeatureMap map = plan.output();
    byte[] beats = beats("ofm.bin", map, count);
    Value value = plan.program().outputs().get(0);
    List<byte[]> outputs = new ArrayList<>();
    List<SortedMap<Integer, byte[]>> recorded = new ArrayList<>();
    for (int f = 0; f < count; f++) {
      byte[] codes = Beats.unpack(map, beats, Math.toIntExact(f * map.beats() * map.lanes()));
      if (value.recentred()) {
        TensorData.recentre(codes);
      }
      outputs.add(codes);
      recorded.add(new TreeMap<>());
    }
    for (Tap tap : taps) {
      byte[] tapped = beats("tap_" + tap.channel().id() + ".bin", tap.map(), count);
      for (int f = 0; f < count; f++) {
        tap.read(tapped, f, recorded.get(f));
      }
    }
    ByteBuffer cycles = numbers("cycles.bin");
    long start = cycles.getLong();
    return new Result(outputs, recorded, start, rows(cycles, 4), rows(numbers("channels.bin"), 3));
  }

  /** A stream's beats of all frames; the idle lanes of feature maps must carry 0. */
  private byte[] beats(String file, FeatureMap map, int frames) throws IOException {
    byte[] beats = Files.readAllBytes(folder.resolve(file));
    if (beats.length != frames * map.beats() * map.lanes()) {
      throw broken(file + " has " + beats.length + " bytes instead of " + frames * map.beats() * map.lanes());
    }
    var idle = Beats.firstWithIdleLanesSet(map, beats);
    if (idle.isPresent()) {
      throw broken("beat " + idle.getAsLong() + " of " + file + " carries something in its idle lanes");
    }
    return beats;
  }

  private DiagnosticException broken(String what) {
    return DiagnosticException.of(DiagnosticId.TOOL_FAILED, SourceLocation.NONE, NAME, 0,
        what + "; log: " + folder.resolve("run.log"));
  }

  private ByteBuffer numbers(String file) throws IOException {
    return ByteBuffer.wrap(Files.readAllBytes(folder.resolve(file))).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static long[][] rows(ByteBuffer numbers, int columns) {
    long[][] rows = new long[numbers.remaining() / 8 / columns][columns];
    for (long[] row : rows) {
      for (int i = 0; i < columns; i++) {
        row[i] = numbers.getLong();
      }
    }
    return rows;
  }
}
