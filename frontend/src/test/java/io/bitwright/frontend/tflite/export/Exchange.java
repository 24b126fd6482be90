package io.bitwright.frontend.tflite.export;

import io.bitwright.ir.diag.Diagnostics;
import io.bitwright.ir.graph.Graph;
import io.bitwright.ir.interp.Interpreter;
import io.bitwright.ir.interp.Trace;
import io.bitwright.ir.kernel.Lowering;
import io.bitwright.ir.kernel.Program;
import io.bitwright.ir.kernel.Schedule;
import io.bitwright.ir.memory.MemoryPlanner;
import io.bitwright.ir.type.TensorType;
import io.bitwright.testkit.RandomGraphs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A folder of files and inputs for a runtime of TFLite in a process of its own, and what it gives back. The format is
 * described in src/test/python/run_tflite.py.
 */
final class Exchange {
  private final Path folder;
  private final int frames;
  private final Map<String, Graph> graphs = new LinkedHashMap<>();

  /**
   * Prepares.
   *
   * @param frames  inferences of each file
   */
  Exchange(Path folder, int frames) {
    this.folder = folder;
    this.frames = frames;
  }

  /** Writes graphs and their inputs. */
  void write(Map<String, Graph> more) throws IOException {
    graphs.putAll(more);
    StringBuilder manifest = new StringBuilder();
    for (Map.Entry<String, Graph> entry : graphs.entrySet()) {
      String name = entry.getKey();
      manifest.append(name).append(' ').append(frames).append('\n');
      Files.write(folder.resolve(name + ".tflite"), TfliteWriter.write(entry.getValue(), Metadata.of("a test")));
      for (int f = 0; f < frames; f++) {
        List<byte[]> inputs = RandomGraphs.inputs(entry.getValue(), f + 1);
        for (int i = 0; i < inputs.size(); i++) {
          Files.write(folder.resolve(name + "." + f + ".in." + i), inputs.get(i));
        }
      }
    }
    Files.writeString(folder.resolve("manifest.txt"), manifest);
  }

  /**
   * Runs a process.
   *
   * @param command  the folder is added as its last argument
   * @return its standard error, without lines that only inform
   */
  String run(List<String> command) throws IOException, InterruptedException {
    Path errors = folder.resolve("errors.txt");
    List<String> all = new ArrayList<>(command);
    all.add(folder.toString());
    Process process = new ProcessBuilder(all)
        .redirectError(errors.toFile()).redirectOutput(folder.resolve("output.txt").toFile()).start();
    int status = process.waitFor();
    StringBuilder kept = new StringBuilder(status == 0 ? "" : "exit status " + status + "\n");
    Files.readString(errors).lines().filter(l -> !l.startsWith("INFO:")).forEach(l -> kept.append(l).append('\n'));
    return kept.toString();
  }

  /** How far what came back is from the interpreter's outputs, by name of the graph. */
  Map<String, Difference> differences() throws IOException {
    Map<String, Difference> found = new LinkedHashMap<>();
    for (Map.Entry<String, Graph> entry : graphs.entrySet()) {
      Graph graph = entry.getValue();
      Program program = Lowering.lower(graph, new Diagnostics());
      Interpreter interpreter = new Interpreter(MemoryPlanner.plan(program, Schedule.trivial(program)));
      Difference all = Difference.NONE;
      for (int f = 0; f < frames; f++) {
        List<byte[]> ours = interpreter.run(RandomGraphs.inputs(graph, f + 1), Trace.NONE);
        for (int i = 0; i < ours.size(); i++) {
          Path theirs = folder.resolve(entry.getKey() + "." + f + ".out." + i);
          TensorType type = graph.outputs().get(i).type();
          all = all.and(Files.exists(theirs)
              ? Difference.of(type, ours.get(i), Files.readAllBytes(theirs)) : Difference.MISSING);
        }
      }
      found.put(entry.getKey(), all);
    }
    return found;
  }
}
