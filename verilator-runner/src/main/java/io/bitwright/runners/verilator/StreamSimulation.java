package io.bitwright.runners.verilator;

import io.bitwright.runners.verilator.Verilator.Effort;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;

/**
 * A design with the byte streams {@code ifm} and {@code ofm} (ready/valid), driven by the harness beside this class.
 * The harness also holds the design to the protocol: an offered byte stays until it is taken, and none comes after the
 * last expected one.
 */
public final class StreamSimulation {
  private static final String HARNESS = "stream_harness.cpp";

  private final VerilatedModel model;

  private StreamSimulation(VerilatedModel model) {
    this.model = model;
  }

  /**
   * One run.
   *
   * @param input  bytes for {@code ifm}
   * @param outputBytes  bytes to wait for at {@code ofm}
   * @param stalls  what holds the streams up
   * @param cycleLimit  the run is a fault if it takes more cycles
   */
  public record Traffic(byte[] input, int outputBytes, Stalls stalls, long cycleLimit) {}

  /**
   * Random stalls: in this share of the cycles the source offers nothing, or the sink takes nothing.
   *
   * @param inputPercent  0..99
   * @param outputPercent  0..99
   */
  public record Stalls(int inputPercent, int outputPercent, int seed) {
    /** A source and a sink that are always ready. */
    public static final Stalls NONE = new Stalls(0, 0, 1);
  }

  /**
   * What a run gave.
   *
   * @param output  bytes of {@code ofm}
   * @param cycles  clock cycles from the end of reset to the last output
   */
  public record Outcome(byte[] output, long cycles) {}

  /** Builds the design under {@code build}; see {@link Verilator#build}. */
  public static StreamSimulation build(Path sources, String top, Path build, Effort effort) {
    try (InputStream harness = StreamSimulation.class.getResourceAsStream(HARNESS)) {
      Files.createDirectories(build);
      Path copy = build.resolve(HARNESS);
      Files.write(copy, harness.readAllBytes());
      return new StreamSimulation(Verilator.build(sources, top, copy, build, effort));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Runs the design from reset.
   *
   * @throws ToolException if the design breaks the protocol or needs more cycles than allowed
   */
  public Outcome run(Traffic traffic, Duration limit) {
    ByteBuffer request = ByteBuffer.allocate(28 + traffic.input().length).order(ByteOrder.LITTLE_ENDIAN);
    request.putInt(traffic.input().length).putInt(traffic.outputBytes());
    Stalls stalls = traffic.stalls();
    request.putInt(stalls.inputPercent()).putInt(stalls.outputPercent()).putInt(stalls.seed());
    request.putLong(traffic.cycleLimit()).put(traffic.input());
    byte[] reply = model.run(request.array(), limit);
    long cycles = ByteBuffer.wrap(reply).order(ByteOrder.LITTLE_ENDIAN).getLong();
    return new Outcome(Arrays.copyOfRange(reply, 8, reply.length), cycles);
  }
}
