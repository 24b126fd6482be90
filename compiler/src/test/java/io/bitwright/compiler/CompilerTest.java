package io.bitwright.compiler;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bitwright.boards.Board;
import io.bitwright.boards.Boards;
import io.bitwright.compiler.Inference.Layers;
import io.bitwright.ir.cost.NetworkCost;
import io.bitwright.ir.diag.DiagnosticException;
import io.bitwright.ir.diag.DiagnosticId;
import io.bitwright.ir.graph.Graph;
import io.bitwright.runners.Execution;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompilerTest {
  private static final Compiler PLAIN = new Compiler(CompileOptions.DEFAULT, CompileObserver.NONE);
  private static final Board HOST = Boards.find("host").board();

  private static DiagnosticId refused(Runnable work) {
    return assertThrows(DiagnosticException.class, work::run).diagnostics().get(0).id();
  }

  @Test
  void aNetworkIsNamedAfterItsFile() {
    Network network = PLAIN.load(DigitsFile.MODEL);
    assertEquals("digits_int8", network.name());
    assertEquals("digits_int8", network.identifier());
    assertEquals("digits_int8.tflite", network.source());
    assertEquals(164_288, NetworkCost.of(network.imported()).macs());
    CompileOptions named = new CompileOptions(Optional.of("My Net"), CompileOptions.Goal.SPEED, OptionalLong.empty(),
        Set.of(), List.of());
    assertEquals("my_net", new Compiler(named, CompileObserver.NONE).load(DigitsFile.MODEL).identifier());
  }

  @Test
  void emittingTwiceGivesTheSameBytes() {
    Network network = PLAIN.load(DigitsFile.MODEL);
    Emitted first = PLAIN.emit(network, BackEnds.target("c"), HOST, Optional.empty());
    Emitted second = PLAIN.emit(network, BackEnds.target("c"), HOST, Optional.empty());
    assertEquals(first.tree().files().keySet(), second.tree().files().keySet());
    first.tree().files().forEach((path, bytes) -> assertArrayEquals(bytes, second.tree().files().get(path), path));
    assertTrue(first.request().selfTest().isPresent());
  }

  @Test
  void whatDoesNotFitIsRefusedBeforeAnythingIsWritten(@TempDir Path folder) {
    Network network = PLAIN.load(DigitsFile.MODEL);
    Board tiny = new Board("tiny", "t", "cortex-m0", 1, Optional.of(new Board.Memory(100, 100)), "cc", "", "");
    DiagnosticException e = assertThrows(DiagnosticException.class,
        () -> PLAIN.emit(network, BackEnds.target("c"), tiny, Optional.empty()).write(folder.resolve("out")));
    assertEquals(List.of(DiagnosticId.DOES_NOT_FIT, DiagnosticId.DOES_NOT_FIT),
        e.diagnostics().stream().map(d -> d.id()).toList());
    CompileOptions poor = new CompileOptions(Optional.empty(), CompileOptions.Goal.SIZE, OptionalLong.of(1_000),
        Set.of(), List.of());
    Compiler compiler = new Compiler(poor, CompileObserver.NONE);
    assertEquals(DiagnosticId.OVER_BUDGET, refused(() ->
        compiler.emit(compiler.load(DigitsFile.MODEL), BackEnds.target("c"), HOST, Optional.empty())));
    assertEquals(0, folder.toFile().list().length);
  }

  @Test
  void unknownNamesAreDiagnostics() {
    assertEquals(DiagnosticId.UNKNOWN_NAME, refused(() -> BackEnds.target("cuda")));
    DiagnosticException e = assertThrows(DiagnosticException.class, () -> BackEnds.executor("interpret"));
    assertTrue(e.getMessage().contains("(known: interpreter, "), e.getMessage());
    CompileOptions wrong = new CompileOptions(Optional.empty(), CompileOptions.Goal.SIZE, OptionalLong.empty(),
        Set.of("fold-nothing"), List.of());
    assertEquals(DiagnosticId.UNKNOWN_NAME,
        refused(() -> new Compiler(wrong, CompileObserver.NONE).load(DigitsFile.MODEL)));
    assertEquals(DiagnosticId.UNKNOWN_FORMAT, refused(() -> PLAIN.load(Path.of("net.h5"))));
    assertEquals(DiagnosticId.FILE_NOT_READ, refused(() -> PLAIN.load(Path.of("none.tflite"))));
  }

  @Test
  void everyChoiceOfPassesAndScheduleGivesTheSameBytes() {
    List<List<byte[]>> frames = frames(PLAIN.load(DigitsFile.MODEL), 3);
    List<String> passes = new ArrayList<>();
    List<String> dumped = new ArrayList<>();
    CompileOptions all = new CompileOptions(Optional.empty(), CompileOptions.Goal.SPEED, OptionalLong.empty(), Set.of(),
        List.of("all"));
    Compiler watched = new Compiler(all, new CompileObserver() {
      @Override
      public void dump(String pass, Graph graph) {
        dumped.add(pass);
      }

      @Override
      public void time(String stage, long nanos) {
        passes.add(stage);
      }
    });
    List<String> expected = describe(watched, frames);
    assertTrue(passes.containsAll(dumped) && passes.containsAll(List.of("import", "lower", "plan")), passes.toString());
    for (String pass : dumped) {
      CompileOptions without = new CompileOptions(Optional.empty(), CompileOptions.Goal.SIZE, OptionalLong.empty(),
          Set.of(pass), List.of());
      assertEquals(expected, describe(new Compiler(without, CompileObserver.NONE), frames), "without " + pass);
    }
  }

  @Test
  void everyOperatorOfTheFileCanBeRecorded() {
    Network network = PLAIN.load(DigitsFile.MODEL);
    Execution execution = new Inference(PLAIN, network, HOST)
        .run(Inference.INTERPRETER, frames(network, 2), Layers.OF_FILE);
    assertEquals(IntStream.range(0, execution.layers().size()).boxed().toList(),
        List.copyOf(execution.layers().keySet()));
    assertArrayEquals(execution.outputs().get(0).get(0), execution.layers().get(execution.layers().lastKey()));
    assertEquals(2, execution.outputs().size());
  }

  static List<List<byte[]>> frames(Network network, int count) {
    return IntStream.range(0, count).mapToObj(i -> SeededInputs.frame(network.inputTypes(), i)).toList();
  }

  private static List<String> describe(Compiler compiler, List<List<byte[]>> frames) {
    Network network = compiler.load(DigitsFile.MODEL);
    return new Inference(compiler, network, HOST).run(Inference.INTERPRETER, frames, Layers.NONE).outputs().stream()
        .map(outputs -> java.util.Arrays.toString(outputs.get(0))).toList();
  }
}
