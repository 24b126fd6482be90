package io.bitwright.c;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.bitwright.ir.interp.Interpreter;
import io.bitwright.ir.kernel.Value;
import io.bitwright.ir.memory.MemoryPlan;
import io.bitwright.target.EmitRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Networks compiled into one program with sanitizers and all warnings as errors, and held against the interpreter: every
 * traced tensor and every output byte. Arenas are of the exact size, filled with garbage before each inference.
 */
final class CompiledNetworks {
  private static final List<String> FLAGS = List.of("-std=c99", "-O1", "-Wall", "-Wextra", "-Wconversion",
      "-Werror", "-ffp-contract=off", "-fsanitize=address,undefined", "-fno-sanitize-recover=all");
  private static final int FRAMES = 2;

  private record Case(String name, MemoryPlan plan, List<List<byte[]>> frames, String origin) {}

  private final Path folder;
  private final List<Case> cases = new ArrayList<>();

  CompiledNetworks(Path folder) {
    this.folder = folder;
  }

  /**
   * Adds a network.
   *
   * @param origin  for messages: where it is from
   */
  void add(MemoryPlan plan, long seed, String origin) throws IOException {
    String name = "n" + cases.size();
    Random random = new Random(seed);
    List<List<byte[]>> frames = new ArrayList<>();
    for (int f = 0; f < FRAMES; f++) {
      frames.add(plan.program().inputs().stream().map(v -> tensor(v, random)).toList());
    }
    cases.add(new Case(name, plan, frames, origin));
    EmitRequest request = new EmitRequest(name, origin, plan, Networks.HOST, Optional.empty());
    for (var file : new CTarget().emit(request).files().entrySet()) {
      if (file.getKey().startsWith(name)) {
        Files.write(folder.resolve(file.getKey()), file.getValue());
      }
    }
  }

  private static byte[] tensor(Value value, Random random) {
    byte[] raw = new byte[value.sizeBytes()];
    random.nextBytes(raw);
    if (value.type().isFloat()) {
      ByteBuffer reals = ByteBuffer.wrap(raw).order(ByteOrder.LITTLE_ENDIAN);
      for (int i = 0; i < raw.length / 4; i++) {
        reals.putFloat(4 * i, (float) random.nextGaussian() * 4);
      }
    }
    return raw;
  }

  /** Builds, runs and compares. */
  void check() throws IOException, InterruptedException {
    StringBuilder driver = new StringBuilder(new String(
        CompiledNetworks.class.getResourceAsStream("driver.c").readAllBytes(), java.nio.charset.StandardCharsets.UTF_8));
    StringBuilder main = new StringBuilder("\nint main(void)\n{\n");
    for (Case c : cases) {
      driver.append("#include \"" + c.name() + ".c\"\n#include \"" + c.name() + "_weights.c\"\n");
      main.append(calls(c));
      writeInputs(c);
    }
    Files.writeString(folder.resolve("driver.c"), driver.append(main).append("    return 0;\n}\n"));
    List<String> command = new ArrayList<>(List.of("gcc"));
    command.addAll(FLAGS);
    command.addAll(List.of("-o", "driver", "driver.c"));
    run(command);
    run(List.of(folder.resolve("driver").toString()));
    for (Case c : cases) {
      compare(c);
    }
  }

  private static String calls(Case c) {
    String macro = c.name().toUpperCase(java.util.Locale.ROOT);
    StringBuilder text = new StringBuilder();
    text.append("    begin(\"" + c.name() + "\", " + macro + "_ARENA_BYTES);\n");
    text.append("    for (int f = 0; f < " + FRAMES + "; f++) {\n        next();\n");
    ports(c.plan().program().inputs().size(), "input").forEach(
        p -> text.append("        take(" + c.name() + "_" + p + "(arena), " + macro + "_"
            + p.toUpperCase(java.util.Locale.ROOT) + "_BYTES);\n"));
    text.append("        " + c.name() + "_invoke(arena);\n");
    ports(c.plan().program().outputs().size(), "output").forEach(
        p -> text.append("        give(" + c.name() + "_" + p + "(arena), " + macro + "_"
            + p.toUpperCase(java.util.Locale.ROOT) + "_BYTES);\n"));
    return text.append("    }\n    end();\n").toString();
  }

  private static List<String> ports(int count, String label) {
    List<String> ports = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      ports.add(count == 1 ? label : label + i);
    }
    return ports;
  }

  private void writeInputs(Case c) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    c.frames().forEach(f -> f.forEach(all::writeBytes));
    Files.write(folder.resolve(c.name() + ".in"), all.toByteArray());
  }

  private void run(List<String> command) throws IOException, InterruptedException {
    Path log = folder.resolve("log.txt");
    int status = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true)
        .redirectOutput(log.toFile()).start().waitFor();
    if (status != 0) {
      String words = new String(Files.readAllBytes(log), java.nio.charset.StandardCharsets.UTF_8);
      fail(command.get(0) + " failed:\n" + words.substring(0, Math.min(words.length(), 4000)));
    }
  }

  private void compare(Case c) throws IOException {
    ByteBuffer outputs = ByteBuffer.wrap(Files.readAllBytes(folder.resolve(c.name() + ".out")));
    List<SortedMap<Integer, byte[]>> traces = traces(Files.readAllBytes(folder.resolve(c.name() + ".trace")));
    Interpreter interpreter = new Interpreter(c.plan());
    for (int f = 0; f < FRAMES; f++) {
      SortedMap<Integer, byte[]> expected = new TreeMap<>();
      List<byte[]> results = interpreter.run(c.frames().get(f), expected::put);
      SortedMap<Integer, byte[]> traced = traces.get(f);
      assertEquals(expected.keySet(), traced.keySet(), "operators traced of " + c.origin());
      c.plan().program().values().forEach(v -> v.origins().stream().filter(expected::containsKey).forEach(
          o -> assertTrue(Arrays.equals(expected.get(o), asModel(v, traced.get(o))),
              () -> c.name() + ", operator " + o + " of " + c.origin())));
      for (byte[] result : results) {
        byte[] given = new byte[result.length];
        outputs.get(given);
        assertTrue(Arrays.equals(result, given), () -> c.name() + ", output of " + c.origin());
      }
    }
    assertEquals(0, outputs.remaining());
  }

  private static byte[] asModel(Value value, byte[] stored) {
    byte[] raw = stored.clone();
    if (value.recentred()) {
      for (int i = 0; i < raw.length; i++) {
        raw[i] ^= (byte) 0x80;
      }
    }
    return raw;
  }

  /** By frame; a record of index -1 begins one. */
  private static List<SortedMap<Integer, byte[]>> traces(byte[] contents) {
    List<SortedMap<Integer, byte[]>> frames = new ArrayList<>();
    ByteBuffer records = ByteBuffer.wrap(contents).order(ByteOrder.LITTLE_ENDIAN);
    while (records.hasRemaining()) {
      int index = records.getInt();
      byte[] bytes = new byte[records.getInt()];
      records.get(bytes);
      if (index == -1) {
        frames.add(new TreeMap<>());
      } else {
        frames.get(frames.size() - 1).put(index, bytes);
      }
    }
    return frames;
  }
}
