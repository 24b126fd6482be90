package io.bitwright.compiler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bitwright.ir.diag.DiagnosticException;
import io.bitwright.target.OutputTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputFolderTest {
  @TempDir
  private Path parent;

  private static OutputTree tree(String... files) {
    OutputTree.Builder tree = new OutputTree.Builder();
    for (String file : files) {
      tree.add(file, "new " + file);
    }
    return tree.build();
  }

  private List<String> entries(Path folder) throws IOException {
    try (var walk = Files.walk(folder)) {
      return walk.filter(Files::isRegularFile).map(f -> folder.relativize(f).toString()).sorted().toList();
    }
  }

  @Test
  void aNewFolderHoldsTheTreeAndItsList() throws IOException {
    Path folder = parent.resolve("a b/out");
    OutputFolder.write(tree("net.c", "src/deep/net.h"), folder);
    assertEquals(List.of(OutputFolder.LIST, "net.c", "src/deep/net.h"), entries(folder));
    assertEquals("new net.c", Files.readString(folder.resolve("net.c")));
    assertEquals(1, Files.list(folder.getParent()).count());
  }

  @Test
  void anEarlierTreeIsReplacedAndOtherFilesStay() throws IOException {
    Path folder = parent.resolve("out");
    OutputFolder.write(tree("gone.c", "net.c", "sub/gone.h"), folder);
    Files.writeString(folder.resolve("net.c"), "changed by hand");
    Files.createDirectories(folder.resolve("build"));
    Files.writeString(folder.resolve("build/net.o"), "object");
    Files.writeString(folder.resolve("mine.txt"), "mine");
    OutputFolder.write(tree("net.c", "more.c"), folder);
    assertEquals(List.of(OutputFolder.LIST, "build/net.o", "mine.txt", "more.c", "net.c"), entries(folder));
    assertEquals("new net.c", Files.readString(folder.resolve("net.c")));
    assertEquals(1, Files.list(parent).count());
  }

  @Test
  void aFolderOfOthersIsRefusedAndLeftAsItIs() throws IOException {
    Path folder = Files.createDirectory(parent.resolve("out"));
    Files.writeString(folder.resolve("thesis.txt"), "work of years");
    DiagnosticException e =
        assertThrows(DiagnosticException.class, () -> OutputFolder.write(tree("net.c"), folder));
    assertTrue(e.getMessage().contains("it holds files that bitwright did not write [BW0503]"), e.getMessage());
    assertEquals(List.of("thesis.txt"), entries(folder));
    assertEquals(1, Files.list(parent).count());
  }

  @Test
  void anEmptyFolderIsTaken() throws IOException {
    Path folder = Files.createDirectory(parent.resolve("out"));
    OutputFolder.write(tree("net.c"), folder);
    assertTrue(Files.exists(folder.resolve("net.c")));
  }

  @Test
  void aFileInThePlaceOfTheFolderIsRefused() throws IOException {
    Path file = Files.writeString(parent.resolve("out"), "text");
    assertThrows(DiagnosticException.class, () -> OutputFolder.write(tree("net.c"), file));
    assertEquals("text", Files.readString(file));
    assertThrows(DiagnosticException.class, () -> OutputFolder.write(tree("net.c"), file.resolve("below")));
  }

  @Test
  void aLinkToAFolderKeepsBeingALink() throws IOException {
    Path real = Files.createDirectory(parent.resolve("real"));
    Path link = Files.createSymbolicLink(parent.resolve("link"), real);
    OutputFolder.write(tree("net.c"), link);
    assertTrue(Files.isSymbolicLink(link));
    assertTrue(Files.exists(real.resolve("net.c")));
  }

  @Test
  void aTreeThatCannotBeWrittenLeavesTheEarlierOne() throws IOException {
    Path folder = parent.resolve("out");
    OutputFolder.write(tree("net.c"), folder);
    OutputTree impossible = tree("net.c", "x".repeat(300));
    assertThrows(DiagnosticException.class, () -> OutputFolder.write(impossible, folder));
    assertEquals(List.of(OutputFolder.LIST, "net.c"), entries(folder));
    assertFalse(Files.list(parent).anyMatch(f -> f.getFileName().toString().startsWith(".")));
  }
}
