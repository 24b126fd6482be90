package io.bitwright.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.bitwright.cli.Bitwright.Outcome;
import org.junit.jupiter.api.Test;

class ZooCommandTest {
  @Test
  void listsNetworksWithCountsAndPaper() {
    Outcome outcome = Bitwright.run("zoo");
    assertEquals(0, outcome.status(), outcome.err());
    assertTrue(outcome.out().matches("(?s).*mobilenet_v2 +3,504,872 +300,774,272 +arXiv:1801\\.04381\n.*"), outcome.out());
    assertEquals(19, outcome.out().lines().count());
    JsonArray all = JsonParser.parseString(Bitwright.run("zoo", "--json").out()).getAsJsonArray();
    all.forEach(n -> assertTrue(n.getAsJsonObject().get("paper").getAsString().startsWith("arXiv:"), n.toString()));
    assertEquals(18, all.size());
  }

  @Test
  void showsOneNetworkWithItsParameters() {
    Outcome outcome = Bitwright.run("zoo", "mobilenet_v3_small");
    assertTrue(outcome.out().contains("width       \"tf\" | \"torchvision\""), outcome.out());
    JsonObject one = JsonParser.parseString(Bitwright.run("zoo", "densenet121", "--json").out()).getAsJsonObject();
    assertEquals(7978856, one.get("trainableParameters").getAsLong());
  }

  @Test
  void zooNetworksAreModelsWithSettings() {
    Outcome outcome = Bitwright.run("inspect", "zoo:mobilenet_v1", "--json", "--set", "alpha=0.25", "--set",
        "resolution=96", "--set", "classes=2");
    assertEquals(0, outcome.status(), outcome.err());
    assertEquals("note: zoo:mobilenet_v1 has no weights, they are made of seed 1\n", outcome.err());
    JsonObject json = JsonParser.parseString(outcome.out()).getAsJsonObject();
    assertEquals("mobilenet_v1", json.get("name").getAsString());
    assertEquals(7489664, json.get("macs").getAsLong());
  }
}
