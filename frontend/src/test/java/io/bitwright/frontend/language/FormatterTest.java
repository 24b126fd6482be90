package io.bitwright.frontend.language;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.bitwright.frontend.language.format.Formatter;
import io.bitwright.ir.diag.DiagnosticException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FormatterTest {
  private static List<Path> zoo() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("src/main/resources/io/bitwright/zoo"))) {
      return files.filter(f -> f.toString().endsWith(".bw")).sorted().toList();
    }
  }

  @Test
  void theZooIsFormatted() throws IOException {
    for (Path file : zoo()) {
      String text = Files.readString(file);
      String formatted = Formatter.format(file.toString(), text);
      if ("update".equals(System.getProperty("golden"))) {
        Files.writeString(file, formatted);
      }
      assertEquals(Files.readString(file), formatted, file.toString());
    }
  }

  @Test
  void spaceIsNormalised() {
    String untidy = """


        #  a head

        import   "a.bw"
        let   c=-1.5e3   # behind
        block b ( x:tensor,k : any=[1,2]  ) {


          let t=table{ a   bb ; 1 -2
            ;   # one
            100 [ 1,2 ] ; (c+1) "x";
          }
        for a,b in t{
        x=x|>conv( 8 ,3,stride = 2,pad = [1,-1,0,0])|>relu
            +   x . height
        |> [ relu,
        bn ( ) |> relu ]

        }
        if not c==1 and c-1>- 2 {x=t [ 0 ] . a} else if c==2 { } else {x=-x}


        return if c<0 then 0 .. 3
        else x
        }
        """;
    String tidy = """
        #  a head

        import "a.bw"
        let c = -1.5e3  # behind
        block b(x: tensor, k: any = [1, 2]) {
          let t = table {
            a       bb;
            1       -2;  # one
            100     [1, 2];
            (c + 1) "x";
          }
          for a, b in t {
            x = x |> conv(8, 3, stride=2, pad=[1, -1, 0, 0]) |> relu
              + x.height
              |> [relu,
              bn() |> relu]
          }
          if not c == 1 and c - 1 > -2 { x = t[0].a } else if c == 2 { } else { x = -x }

          return if c < 0 then 0..3
            else x
        }
        """;
    assertEquals(tidy, Formatter.format("a.bw", untidy));
    assertEquals(tidy, Formatter.format("a.bw", tidy));
  }

  @Test
  void formattingTwiceChangesNothingAndKeepsEveryToken() throws IOException {
    Random random = new Random(3);
    for (Path file : zoo()) {
      for (int i = 0; i < 20; i++) {
        String shaken = shake(Files.readString(file), random);
        String once = Formatter.format("a.bw", shaken);
        assertEquals(once, Formatter.format("a.bw", once));
        assertEquals(shaken.replaceAll("\\s", ""), once.replaceAll("\\s", ""));
      }
    }
  }

  /** Adds and removes line breaks and spaces where that changes no token. */
  private static String shake(String text, Random random) {
    StringBuilder result = new StringBuilder();
    boolean comment = false;
    boolean string = false;
    for (char c : text.toCharArray()) {
      comment = c == '#' || comment && c != '\n';
      string = c == '"' != string && c != '\n' && !comment;
      result.append(c);
      boolean gap = c == ' ' || c == '\n' || c == ',' || c == '(' || c == ';';
      if (!comment && !string && gap && random.nextInt(8) == 0) {
        result.append(random.nextBoolean() ? "\n" : "   ");
      }
    }
    return result.toString();
  }

  @Test
  void whatIsNoDescriptionIsRefused() {
    assertThrows(DiagnosticException.class, () -> Formatter.format("a.bw", "network {"));
  }
}
