package io.bitwright.cli.demo;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.bitwright.boards.Board;
import io.bitwright.boards.Boards;
import io.bitwright.cli.console.Console;
import io.bitwright.cli.console.ExitStatus;
import io.bitwright.cli.console.TextTable;
import io.bitwright.cli.tools.SystemTools;
import io.bitwright.compiler.BackEnds;
import io.bitwright.compiler.CompileObserver;
import io.bitwright.compiler.CompileOptions;
import io.bitwright.compiler.Compiler;
import io.bitwright.compiler.Emitted;
import io.bitwright.compiler.Inference;
import io.bitwright.compiler.Inference.Layers;
import io.bitwright.compiler.Network;
import io.bitwright.ir.cost.ConstantBytes;
import io.bitwright.ir.cost.NetworkCost;
import io.bitwright.runners.Execution;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Shows a network that others trained: which way up drawn text is, in floats and in integers. */
final class OcrDemo {
  private static final String C = "c";
  private static final int LEAST_RIGHT = 99;

  private final Console console;
  private final Compiler compiler = new Compiler(CompileOptions.DEFAULT, CompileObserver.NONE);

  OcrDemo(Console console) {
    this.console = console;
  }

  /**
   * What one network gave on one executor.
   *
   * @param agreeing  pictures with the answer of the float network on the interpreter
   * @param differing  pictures with other bytes than the same network's on the interpreter
   */
  private record Row(String network, String on, int right, int agreeing, int differing, long nanos) {}

  int run(Board board, Optional<Path> folder, boolean json) {
    console.progress("drawing, compiling, quantising");
    OcrExample example = OcrExample.load(CompileOptions.DEFAULT, CompileObserver.NONE);
    Emitted emitted = compiler.emit(example.integer(), BackEnds.target(C), board, Optional.empty());
    folder.ifPresent(emitted::write);
    console.endProgress();
    if (!json) {
      introduce(example, board);
    }
    List<Row> rows = new ArrayList<>();
    List<Boolean> reference = new ArrayList<>();
    for (Network network : List.of(example.real(), example.integer())) {
      run(example, network, reference, rows);
    }
    console.endProgress();
    if (json) {
      console.print("%s", json(example, rows));
    } else {
      show(example, rows);
    }
    boolean good = rows.stream().allMatch(r -> r.right >= LEAST_RIGHT && r.differing == 0);
    return good ? ExitStatus.DONE : ExitStatus.FAILED;
  }

  /** One network on the interpreter and in C, where there is a compiler. */
  private void run(OcrExample example, Network network, List<Boolean> reference, List<Row> rows) {
    Inference inference = new Inference(compiler, network, Boards.find("host").board());
    List<List<byte[]>> inputs = example.inputs(network);
    List<List<byte[]>> interpreted = null;
    boolean compiles = SystemTools.missing(BackEnds.executor(C)).isEmpty();
    for (String on : compiles ? List.of(Inference.INTERPRETER, C) : List.of(Inference.INTERPRETER)) {
      String name = network == example.real() ? "float" : "int8";
      console.progress(name + " on " + on);
      Execution execution = inference.run(on, inputs, Layers.NONE);
      List<Boolean> answers = example.answers(network, execution.outputs());
      if (reference.isEmpty()) {
        reference.addAll(answers);
      }
      interpreted = interpreted == null ? execution.outputs() : interpreted;
      int agreeing = 0;
      int differing = 0;
      for (int i = 0; i < answers.size(); i++) {
        agreeing += answers.get(i).equals(reference.get(i)) ? 1 : 0;
        differing += Arrays.equals(execution.outputs().get(i).get(0), interpreted.get(i).get(0)) ? 0 : 1;
      }
      rows.add(new Row(name, on, OcrExample.right(answers), agreeing, differing, execution.nanosPerFrame()));
    }
  }

  private void introduce(OcrExample example, Board board) {
    NetworkCost cost = NetworkCost.of(example.real().imported());
    console.print("PP-OCR's classifier of the direction of text (PaddleOCR, Apache-2.0), a MobileNetV3 with %,d"
        + " parameters and %,d", cost.parameters(), cost.macs());
    console.print("multiply-accumulates, from an ONNX file of %,d bytes. %d strings, drawn in Java, each upright and"
        + " upside down; the first:", example.modelBytes(), OcrExample.STRINGS);
    console.print("");
    for (TextPicture picture : example.pictures().subList(0, 2)) {
      picture.art(2, 4).forEach(line -> console.print("%s", line));
      console.print("");
    }
    console.print("Quantised to int8 with %d other pictures; C for %s: arena %,d bytes of RAM, constants %,d bytes of"
        + " flash (float: %,d and %,d).", 2 * OcrExample.CALIBRATION_STRINGS, board.name(),
        example.integer().plan().arenaBytes(), ConstantBytes.of(example.integer().program()),
        example.real().plan().arenaBytes(),
        ConstantBytes.of(example.real().program()));
    console.print("");
  }

  private void show(OcrExample example, List<Row> rows) {
    int pictures = example.pictures().size();
    TextTable table =
        new TextTable().row("network", "run on", "strings right both ways", "pictures as float", "time an inference");
    for (Row row : rows) {
      table.row(row.network, row.on, row.right + " of " + OcrExample.STRINGS, row.agreeing + " of " + pictures,
          Console.time(row.nanos));
    }
    console.print(table);
    if (rows.stream().noneMatch(row -> row.on.equals(C))) {
      console.print("c: gcc not installed: ./bitwright doctor --install");
    }
    console.print("");
    boolean equal = rows.stream().allMatch(row -> row.differing == 0);
    console.print(equal ? "C gives the interpreter's bytes on every picture."
        : "SOME OUTPUT BYTES of the C differ from the interpreter's.");
  }

  private static JsonObject json(OcrExample example, List<Row> rows) {
    JsonObject object = new JsonObject();
    object.addProperty("strings", OcrExample.STRINGS);
    object.addProperty("pictures", example.pictures().size());
    object.addProperty("calibrationPictures", 2 * OcrExample.CALIBRATION_STRINGS);
    for (Network network : List.of(example.real(), example.integer())) {
      String name = network == example.real() ? "float" : "int8";
      JsonObject one = new JsonObject();
      one.addProperty("arenaBytes", network.plan().arenaBytes());
      one.addProperty("flashBytes", ConstantBytes.of(network.program()));
      JsonArray runs = new JsonArray();
      rows.stream().filter(row -> row.network.equals(name)).forEach(row -> runs.add(json(row)));
      one.add("runs", runs);
      object.add(name, one);
    }
    return object;
  }

  private static JsonObject json(Row row) {
    JsonObject run = new JsonObject();
    run.addProperty("on", row.on);
    run.addProperty("right", row.right);
    run.addProperty("agreeingPictures", row.agreeing);
    run.addProperty("differingPictures", row.differing);
    run.addProperty("nanosPerInference", row.nanos);
    return run;
  }
}
