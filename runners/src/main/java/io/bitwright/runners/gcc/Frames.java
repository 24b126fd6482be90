package io.bitwright.runners.gcc;

import io.bitwright.ir.kernel.Program;
import io.bitwright.ir.kernel.Value;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The files that the generated program reads and writes: for each input and output its tensors back to back. */
final class Frames {
  /**
   * What a run left.
   *
   * @param trace  contents of the trace file; empty where the program was built without
   */
  record Result(List<List<byte[]>> outputs, long nanosPerFrame, byte[] trace) {}

  static final String TRACE_FILE = "trace.bin";
  private static final Pattern TIME = Pattern.compile("(\\d+) inferences, (\\d+) ns each");

  private final Path folder;
  private final Program program;
  private final int count;

  /** Writes the inputs. */
  Frames(Path folder, Program program, List<List<byte[]>> frames) throws IOException {
    this.folder = folder;
    this.program = program;
    this.count = frames.size();
    for (int i = 0; i < program.inputs().size(); i++) {
      try (OutputStream out = Files.newOutputStream(folder.resolve(input(i)))) {
        for (List<byte[]> frame : frames) {
          out.write(checked(frame.get(i), program.inputs().get(i)));
        }
      }
    }
  }

  private static byte[] checked(byte[] tensor, Value value) {
    if (tensor.length != value.sizeBytes()) {
      throw new IllegalArgumentException(tensor.length + " bytes for an input of " + value.sizeBytes());
    }
    return tensor;
  }

  private static String input(int i) {
    return "input" + i + ".bin";
  }

  private static String output(int i) {
    return "output" + i + ".bin";
  }

  List<String> arguments() {
    List<String> arguments = new ArrayList<>();
    for (int i = 0; i < program.inputs().size(); i++) {
      arguments.add(input(i));
    }
    for (int i = 0; i < program.outputs().size(); i++) {
      arguments.add(output(i));
    }
    return arguments;
  }

  /** Reads what the program wrote. */
  Result result(String printed) throws IOException {
    List<List<byte[]>> outputs = new ArrayList<>();
    for (int f = 0; f < count; f++) {
      outputs.add(new ArrayList<>());
    }
    for (int i = 0; i < program.outputs().size(); i++) {
      byte[] all = Files.readAllBytes(folder.resolve(output(i)));
      int size = program.outputs().get(i).sizeBytes();
      if (all.length != size * count) {
        throw new IllegalStateException("output " + i + " has " + all.length + " bytes instead of " + size * count);
      }
      for (int f = 0; f < count; f++) {
        outputs.get(f).add(Arrays.copyOfRange(all, f * size, (f + 1) * size));
      }
    }
    Matcher time = TIME.matcher(printed);
    long nanos = time.find() ? Long.parseLong(time.group(2)) : 0;
    Path trace = folder.resolve(TRACE_FILE);
    return new Result(outputs, nanos, Files.exists(trace) ? Files.readAllBytes(trace) : new byte[0]);
  }
}
