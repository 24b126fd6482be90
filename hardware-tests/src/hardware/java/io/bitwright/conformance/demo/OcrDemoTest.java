package io.bitwright.conformance.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.bitwright.cli.demo.DemoCommand;
import io.bitwright.conformance.CBatch;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/**
 * {@code demo --ocr}: a trained network from Maven Central tells the direction of drawn text, as a float network and
 * quantised, on the interpreter and in C.
 */
class OcrDemoTest {
  private static final int LEAST_RIGHT = 99;

  @Test
  void ninetyNineOfAHundredStringsAreRight() {
    CBatch.assumeCompiler();
    StringWriter out = new StringWriter();
    int status = new CommandLine(new DemoCommand()).setOut(new PrintWriter(out)).execute("--ocr", "--json");
    JsonObject result = JsonParser.parseString(out.toString()).getAsJsonObject();
    assertEquals(100, result.get("strings").getAsInt());
    assertEquals(200, result.get("pictures").getAsInt());
    for (String network : List.of("float", "int8")) {
      JsonObject one = result.getAsJsonObject(network);
      assertEquals(2, one.getAsJsonArray("runs").size(), "interpreter and C");
      for (JsonElement run : one.getAsJsonArray("runs")) {
        JsonObject each = run.getAsJsonObject();
        String where = network + " on " + each.get("on").getAsString();
        assertTrue(each.get("right").getAsInt() >= LEAST_RIGHT, () -> where + ": " + each);
        assertTrue(each.get("agreeingPictures").getAsInt() >= 198, () -> where + ": " + each);
        assertEquals(0, each.get("differingPictures").getAsInt(), where);
      }
    }
    long arena = result.getAsJsonObject("int8").get("arenaBytes").getAsLong();
    assertEquals(result.getAsJsonObject("float").get("arenaBytes").getAsLong(), 4 * arena);
    assertEquals(0, status);
  }
}
