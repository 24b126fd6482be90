package io.bitwright.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.bitwright.cli.Bitwright.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FmtCommandTest {
  @Test
  void filesAreFormattedInPlaceOrChecked(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("net.bw"), "network  n( ) {input x:[8,8,3]\nreturn x|>relu}\n");
    Outcome check = Bitwright.run("fmt", "--check", file.toString());
    assertEquals(1, check.status(), check.err());
    assertEquals(file + "\n", check.out());
    assertEquals(0, Bitwright.run("fmt", file.toString()).status());
    assertEquals("network n() { input x: [8, 8, 3]\n  return x |> relu }\n", Files.readString(file));
    Outcome again = Bitwright.run("fmt", "--check", file.toString());
    assertEquals(0, again.status());
    assertEquals("", again.out());
    assertEquals(0, Bitwright.run("inspect", file.toString(), "--json").status());
  }
}
