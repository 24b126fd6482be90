package io.bitwright.frontend.language.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.bitwright.frontend.language.value.Signature;
import io.bitwright.testkit.TestData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The list of functions in docs/language.md is made of the functions; {@code -Ddocs=update} rewrites it. */
class FunctionListTest {
  private static final String BEGIN = "<!-- functions -->\n";
  private static final String END = "<!-- end -->";

  @Test
  void theManualListsEveryFunction() throws IOException {
    Path file = TestData.inRepository("docs/language.md").orElseThrow();
    String text = Files.readString(file);
    String expected = text.substring(0, text.indexOf(BEGIN) + BEGIN.length())
        + "\n| function | gives |\n|---|---|\n"
        + BuiltIns.all().stream().map(FunctionListTest::row).collect(Collectors.joining())
        + "\n" + text.substring(text.indexOf(END));
    if ("update".equals(System.getProperty("docs"))) {
      Files.writeString(file, expected);
    }
    assertEquals(expected, Files.readString(file), "docs/language.md is stale: run with -Ddocs=update");
  }

  private static String row(BuiltIn function) {
    Signature signature = function.signature();
    String parameters = signature.parameters().stream().filter(p -> !p.equals(LayerFunctions.NAME)).map(p -> p.name()
        + (signature.variadic() && p.type().toString().equals("list") ? "..." : "")
        + p.fallback().map(f -> "=" + f).orElse("")).collect(Collectors.joining(", "));
    return "| `" + signature.name() + "(" + parameters + ")` | " + function.sentence() + " |\n";
  }
}
