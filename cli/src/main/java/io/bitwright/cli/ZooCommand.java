package io.bitwright.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.bitwright.cli.console.Console;
import io.bitwright.cli.console.TextTable;
import io.bitwright.frontend.ZooNetwork;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Lists the networks of the zoo, or says all about one. */
@Command(name = "zoo", mixinStandardHelpOptions = true, description = "List the networks of the zoo, or show one.")
final class ZooCommand implements Runnable {
  private static final Pattern PAPER = Pattern.compile("arXiv:\\d{4}\\.\\d{4,5}");

  @Parameters(paramLabel = "NAME", arity = "0..1", description = "A network, by its name.")
  private Optional<String> name = Optional.empty();

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Spec
  private CommandSpec spec;

  @Override
  public void run() {
    Console console = new Console(spec);
    List<ZooNetwork> networks = name.map(n -> List.of(ZooNetwork.find(n))).orElseGet(ZooNetwork::all);
    if (json) {
      JsonArray all = new JsonArray();
      networks.forEach(n -> all.add(json(n)));
      console.print("%s", name.isPresent() ? all.get(0) : all);
    } else if (name.isPresent()) {
      describe(console, networks.get(0));
    } else {
      TextTable table = new TextTable().row("network", "parameters", "MACs", "paper");
      networks.forEach(n -> table.row(n.name(), count(n.trainableParameters()), count(n.macs()), paper(n)));
      console.print(table);
    }
  }

  private static void describe(Console console, ZooNetwork network) {
    console.print("%s", "zoo:" + network.name());
    console.print("");
    network.paper().lines().forEach(line -> console.print("%s", line));
    console.print("");
    console.print("parameters  %s trained, %s after folding batch normalisation", count(network.trainableParameters()),
        count(network.foldedParameters()));
    console.print("MACs        %s", count(network.macs()));
    console.print("");
    TextTable table = new TextTable().row("--set", "type", "default");
    network.parameters().forEach(p -> table.row(p.name(), p.type(), p.fallback()));
    console.print(table);
  }

  private static JsonObject json(ZooNetwork network) {
    JsonObject object = new JsonObject();
    object.addProperty("name", network.name());
    object.addProperty("paper", paper(network));
    object.addProperty("description", network.paper());
    object.addProperty("trainableParameters", network.trainableParameters());
    object.addProperty("foldedParameters", network.foldedParameters());
    object.addProperty("macs", network.macs());
    JsonArray parameters = new JsonArray();
    for (ZooNetwork.Parameter p : network.parameters()) {
      JsonObject one = new JsonObject();
      one.addProperty("name", p.name());
      one.addProperty("type", p.type());
      one.addProperty("default", p.fallback());
      parameters.add(one);
    }
    object.add("parameters", parameters);
    return object;
  }

  private static String paper(ZooNetwork network) {
    Matcher found = PAPER.matcher(network.paper());
    return found.find() ? found.group() : "";
  }

  private static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }
}
