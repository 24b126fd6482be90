package io.bitwright.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.bitwright.boards.Boards;
import io.bitwright.cli.console.Console;
import io.bitwright.cli.console.ExitStatus;
import io.bitwright.cli.console.TextTable;
import io.bitwright.cli.tools.AptInstall;
import io.bitwright.cli.tools.SystemTools;
import io.bitwright.compiler.BackEnds;
import io.bitwright.runners.ExternalTool;
import io.bitwright.runners.synthesis.Yosys;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Tells which external tools are there, which are not, and which package brings each. */
@Command(name = "doctor", mixinStandardHelpOptions = true,
    description = "List the external tools found and missing, with the Debian package of each.")
final class DoctorCommand implements Callable<Integer> {
  private static final List<ExternalTool> BUILD = List.of(
      new ExternalTool("java", "default-jdk-headless", "run bitwright"),
      new ExternalTool("javac", "default-jdk-headless", "build bitwright"),
      new ExternalTool("mvn", "maven", "build bitwright"),
      new ExternalTool("make", "make", "build a generated tree by its Makefile"));
  private static final Map<String, String> COMPILERS = Map.of(
      "arm-none-eabi-gcc", "gcc-arm-none-eabi", "riscv64-unknown-elf-gcc", "gcc-riscv64-unknown-elf");

  @Option(names = "--install", description = "Install what is missing with apt-get, as root or by sudo.")
  private boolean install;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Console console = new Console(spec);
    List<ExternalTool> missing = tools().stream().filter(tool -> !SystemTools.isPresent(tool)).toList();
    int status = ExitStatus.DONE;
    if (install && !missing.isEmpty()) {
      List<String> packages = missing.stream().map(ExternalTool::debianPackage).distinct().sorted().toList();
      status = new AptInstall(console).install(packages) ? ExitStatus.DONE : ExitStatus.FAILED;
    }
    if (json) {
      console.print("%s", json());
    } else {
      table(console);
    }
    return status;
  }

  /** Those of the build, of every executor, and the compilers of the boards; each once. */
  private static List<ExternalTool> tools() {
    Map<String, ExternalTool> byCommand = new TreeMap<>();
    ExternalTool yosys = new Yosys().tool();
    byCommand.put(yosys.command(), yosys);
    BackEnds.executors().forEach(e -> e.tools().forEach(t -> byCommand.putIfAbsent(t.command(), t)));
    Boards.all().stream().map(b -> b.board().toolchain()).filter(COMPILERS::containsKey).forEach(compiler ->
        byCommand.putIfAbsent(compiler, new ExternalTool(compiler, COMPILERS.get(compiler), "compile for boards")));
    List<ExternalTool> tools = new ArrayList<>(BUILD);
    tools.forEach(t -> byCommand.remove(t.command()));
    tools.addAll(byCommand.values());
    return tools;
  }

  private static void table(Console console) {
    TextTable table = new TextTable().row("tool", "state", "Debian package", "for");
    for (ExternalTool tool : tools()) {
      boolean found = SystemTools.isPresent(tool);
      String state = found ? "found " + SystemTools.version(tool).orElse("") : "missing";
      table.row(tool.command(), state.strip(), tool.debianPackage(), tool.purpose());
    }
    console.print(table);
    if (tools().stream().anyMatch(tool -> !SystemTools.isPresent(tool))) {
      console.print("");
      console.print("./bitwright doctor --install installs what is missing.");
    }
  }

  private static JsonArray json() {
    JsonArray all = new JsonArray();
    for (ExternalTool tool : tools()) {
      JsonObject object = new JsonObject();
      object.addProperty("tool", tool.command());
      object.addProperty("found", SystemTools.isPresent(tool));
      Optional<String> version = SystemTools.isPresent(tool) ? SystemTools.version(tool) : Optional.empty();
      version.ifPresent(v -> object.addProperty("version", v));
      object.addProperty("package", tool.debianPackage());
      object.addProperty("purpose", tool.purpose());
      all.add(object);
    }
    return all;
  }
}
