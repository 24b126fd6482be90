package io.bitwright.boards;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bitwright.ir.diag.DiagnosticException;
import io.bitwright.ir.diag.DiagnosticId;
import io.bitwright.ir.diag.Diagnostics;
import io.bitwright.ir.diag.SourceLocation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BoardsTest {
  @Test
  void everyDescriptionFileIsListedAndValid() throws IOException {
    Path folder = Path.of("src/main/resources/io/bitwright/boards");
    try (var files = Files.list(folder)) {
      List<String> stems = files.map(f -> f.getFileName().toString()).filter(f -> f.endsWith(".json"))
          .map(f -> f.substring(0, f.length() - 5)).sorted().toList();
      assertEquals(stems, Boards.names().stream().sorted().toList());
    }
    for (BoardDescription description : Boards.all()) {
      Board board = description.board();
      boolean microcontroller = !board.name().equals("host") && board.fabric().isEmpty();
      assertEquals(microcontroller, board.memory().isPresent());
      assertEquals(microcontroller, !description.memoryNote().isEmpty());
    }
  }

  @Test
  void fabricIsRead(@TempDir Path folder) throws IOException {
    assertEquals(new Fabric(Fabric.Family.ECP5, 83_640, 156, 208), Boards.find("ulx3s").board().fabric().orElseThrow());
    Path file = folder.resolve("bad.json");
    Files.writeString(file, """
        {"name": "mine", "title": "t", "core": "x", "clockHz": 1,
         "fabric": {"family": "spartan", "luts": 0, "dspBlocks": 99999999, "blockRams": 1, "urams": 3},
         "toolchain": "cc", "flags": "-O2", "flashing": "f", "source": "s"}
        """);
    DiagnosticException e = assertThrows(DiagnosticException.class, () -> Boards.find(file.toString()));
    assertEquals(4, e.diagnostics().size(), e.getMessage());
    assertTrue(e.getMessage().contains("'family' must be one of ecp5, xc7, ultrascale+"), e.getMessage());
  }

  @Test
  void sizesAreThePartsOwn() {
    assertEquals(new Board.Memory(524_288, 131_072), Boards.find("nucleo-f446re").board().memory().orElseThrow());
    assertEquals(new Board.Memory(2_097_152, 524_288), Boards.find("nucleo-h743zi").board().memory().orElseThrow());
    assertEquals(0x3FCCE710L - 0x3FC80000L, Boards.find("esp32-c3").board().memory().orElseThrow().ramBytes());
  }

  @Test
  void anUnknownBoardNamesTheNearestFirst() {
    DiagnosticException e = assertThrows(DiagnosticException.class, () -> Boards.find("nucleo-f446"));
    assertEquals(DiagnosticId.UNKNOWN_NAME, e.diagnostics().get(0).id());
    assertTrue(e.getMessage().contains("unknown board 'nucleo-f446' (known: nucleo-f446re, "), e.getMessage());
  }

  @Test
  void aBoardOfTheUsersOwnIsReadFromAFile(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("mine.json");
    Files.writeString(file, """
        {"name": "mine", "title": "my board", "core": "cortex-m4", "clockHz": 1000,
         "memory": {"flashBytes": 10, "ramBytes": 20, "note": "all of it"},
         "toolchain": "cc", "flags": "-O2", "flashing": "by hand", "source": "the label"}
        """);
    assertEquals(new Board.Memory(10, 20), Boards.find(file.toString()).board().memory().orElseThrow());
  }

  @Test
  void everythingWrongWithAFileIsReported(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("bad.json");
    Files.writeString(file, """
        {"name": "No Good", "title": "", "core": "x", "clockHz": 1.5, "speed": 3,
         "memory": {"flashBytes": 1e999999, "ramBytes": -1, "note": "n"},
         "toolchain": "cc", "flags": "-O2", "flashing": "by\\nhand", "source": "s"}
        """);
    DiagnosticException e = assertThrows(DiagnosticException.class, () -> Boards.find(file.toString()));
    assertEquals(7, e.diagnostics().size(), e.getMessage());
    assertTrue(e.getMessage().contains("'ramBytes' must be an integer from 1"), e.getMessage());
  }

  @Test
  void textThatIsNoJsonOrNoFileIsADiagnostic(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("bad.json");
    for (String text : List.of("", "[1]", "{", "[".repeat(100_000), "null")) {
      Files.writeString(file, text);
      DiagnosticException e = assertThrows(DiagnosticException.class, () -> Boards.find(file.toString()));
      assertEquals(DiagnosticId.MALFORMED_FILE, e.diagnostics().get(0).id());
    }
    DiagnosticException e = assertThrows(DiagnosticException.class, () -> Boards.find(folder + "/none.json"));
    assertEquals(DiagnosticId.FILE_NOT_READ, e.diagnostics().get(0).id());
  }

  @Test
  void whatDoesNotFitIsRefusedWithNeedAndLimit() {
    Diagnostics found = new Diagnostics();
    Board board = Boards.find("nucleo-f446re").board();
    new FitCheck(524_288, 131_072).check(board, SourceLocation.NONE, found);
    assertFalse(found.hasErrors());
    new FitCheck(524_289, 131_073).check(board, new SourceLocation("a.tflite", 0, 0, ""), found);
    assertEquals("""
        a.tflite: error: the network needs 524289 bytes of flash, board 'nucleo-f446re' has 524288 [BW0403]
        a.tflite: error: the network needs 131073 bytes of RAM, board 'nucleo-f446re' has 131072 [BW0403]""",
        found.render());
    new FitCheck(1L << 50, 1L << 50).check(Boards.find("host").board(), SourceLocation.NONE, new Diagnostics());
  }
}
