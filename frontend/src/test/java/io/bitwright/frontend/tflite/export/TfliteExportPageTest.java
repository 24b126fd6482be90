package io.bitwright.frontend.tflite.export;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.bitwright.frontend.tflite.schema.OperatorNames;
import io.bitwright.ir.diag.Diagnostics;
import io.bitwright.ir.graph.Graph;
import io.bitwright.ir.graph.Node;
import io.bitwright.ir.op.Op;
import io.bitwright.ir.op.OpKind;
import io.bitwright.testkit.TestData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The table of docs/tflite-export.md: every operator, and all that the one-operator graphs write it as. */
class TfliteExportPageTest {
  private static final String START = "<!-- generated: TfliteExportPageTest -->\n";
  private static final String END = "<!-- end -->\n";

  private static String table() throws IOException {
    Map<String, TreeSet<String>> forms = new TreeMap<>();
    Stream.of(OpKind.values()).filter(k -> k != OpKind.INPUT && k != OpKind.CONSTANT)
        .forEach(k -> forms.put(k.mnemonic(), new TreeSet<>()));
    for (Graph graph : WrittenNetworks.oneOperator().values()) {
      for (Node node : graph.nodes()) {
        if (!node.isConstant() && !(node.op() instanceof Op.Input) && !graph.name().equals("several_outputs")) {
          forms.get(OpKind.of(node.op()).mnemonic()).add(written(graph));
        }
      }
    }
    return "| operator | written as |\n|---|---|\n" + forms.entrySet().stream()
        .map(e -> "| `" + e.getKey() + "` | "
            + (e.getValue().isEmpty() ? "*lacks*" : String.join("; ", e.getValue())) + " |")
        .collect(Collectors.joining("\n")) + "\n";
  }

  private static String written(Graph graph) {
    FileContents file = GraphExport.of(graph, new Diagnostics()).file();
    return file.operators().stream().map(o -> OperatorNames.name(
        file.codes().get(o.code()).number())).collect(Collectors.joining(", "));
  }

  @Test
  void tableIsUpToDate() throws IOException {
    Path page = TestData.inRepository("docs/tflite-export.md").orElseThrow();
    String text = Files.readString(page);
    int from = text.indexOf(START) + START.length();
    int to = text.indexOf(END);
    String fresh = text.substring(0, from) + table() + text.substring(to);
    if ("update".equals(System.getProperty("docs"))) {
      Files.writeString(page, fresh);
    }
    assertEquals(fresh, Files.readString(page), "docs/tflite-export.md is stale: run with -Ddocs=update");
  }
}
