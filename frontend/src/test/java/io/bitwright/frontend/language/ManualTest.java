package io.bitwright.frontend.language;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bitwright.frontend.language.format.Formatter;
import io.bitwright.frontend.language.layer.NetworkModel;
import io.bitwright.ir.diag.DiagnosticException;
import io.bitwright.testkit.TestData;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Builds the examples of docs/language.md; a text behind an example is the error that it gives. */
class ManualTest {
  private static final Pattern EXAMPLE = Pattern.compile("```(bw|text)\n(.*?)```", Pattern.DOTALL);

  @Test
  void examplesAreRight() throws IOException {
    Matcher matcher = EXAMPLE.matcher(Files.readString(TestData.inRepository("docs/language.md").orElseThrow()));
    List<String> kinds = new ArrayList<>();
    List<String> texts = new ArrayList<>();
    while (matcher.find()) {
      kinds.add(matcher.group(1));
      texts.add(matcher.group(2));
    }
    assertTrue(texts.size() > 6);
    for (int i = 0; i < texts.size(); i++) {
      String text = texts.get(i);
      if (kinds.get(i).equals("text")) {
        String wrong = texts.get(i - 1);
        assertEquals(text.strip(), assertThrows(DiagnosticException.class,
            () -> Description.parse("language.md", wrong)).getMessage());
      } else if (i + 1 == texts.size() || kinds.get(i + 1).equals("bw")) {
        NetworkModel model = Description.parse("language.md", text).build(Map.of());
        assertFalse(model.layers().isEmpty());
        assertEquals(text, Formatter.format("language.md", text));
      }
    }
  }

  @Test
  void layersAreNamedByTheirBlocks() {
    List<String> names = Description.zoo("mobilenet_v1").build(Map.of()).layers().stream().map(l -> l.name()).toList();
    assertTrue(names.contains("separable_2/conv_bn_1/conv_1"), names.toString());
    assertEquals(names.size(), names.stream().distinct().count());
  }
}
