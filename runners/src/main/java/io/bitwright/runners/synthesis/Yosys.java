package io.bitwright.runners.synthesis;

import io.bitwright.boards.Fabric.Family;
import io.bitwright.runners.BuildCache;
import io.bitwright.runners.ExternalTool;
import io.bitwright.runners.ToolProcess;
import io.bitwright.target.OutputTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** Synthesises an emitted RTL tree with yosys: up to the family's cells, no place and route. Figures are cached. */
public final class Yosys {
  private static final String FILES = "rtl/files.f";
  private static final String FIGURES = "stat.json";

  /** Labels of yosys' own scripts at which they can be cut, so that somebody can be told how far they are. */
  private enum Script {
    ECP5("synth_ecp5", "begin", "coarse", "map_ram", "map_gates", "map_luts", "map_cells", "check"),
    XC7("synth_xilinx -family xc7 -flatten", "begin", "map_dsp", "coarse", "map_memory", "fine", "map_luts", "finalize",
        "check"),
    XCUP("synth_xilinx -family xcup -flatten", "begin", "map_dsp", "coarse", "map_memory", "fine", "map_luts", "finalize",
        "check");

    private final String command;
    private final List<String> labels;

    Script(String command, String... labels) {
      this.command = command;
      this.labels = List.of(labels);
    }

    static Script of(Family family) {
      return switch (family) {
        case ECP5 -> ECP5;
        case XC7 -> XC7;
        case ULTRASCALE_PLUS -> XCUP;
      };
    }

    String text(String files, String top) {
      StringBuilder text = new StringBuilder("read_verilog -sv " + files + "\n");
      for (int i = 0; i + 1 < labels.size(); i++) {
        text.append("log -stdout yosys: ").append(labels.get(i)).append(", step ").append(i + 1).append(" of ")
            .append(labels.size() - 1).append('\n');
        text.append(command).append(" -top ").append(top).append(" -run ").append(labels.get(i)).append(':')
            .append(labels.get(i + 1)).append('\n');
      }
      return text.append("tee -q -o " + FIGURES + " stat -json\n").toString();
    }
  }

  private final ExternalTool tool;
  private final BuildCache cache;
  private final Duration limit;

  /** With yosys of the PATH and the user's cache. */
  public Yosys() {
    this("yosys", BuildCache.ofUser(), Duration.ofHours(4));
  }

  /** With a program of another name. */
  public Yosys(String command, BuildCache cache, Duration limit) {
    this.tool = new ExternalTool(command, "yosys", "synthesise the generated RTL");
    this.cache = cache;
    this.limit = limit;
  }

  public ExternalTool tool() {
    return tool;
  }

  /**
   * Synthesises.
   *
   * @param tree  an emitted RTL tree
   * @param top  its top module
   * @param progress  told from time to time how far it is
   * @throws io.bitwright.ir.diag.DiagnosticException if yosys is missing or fails
   */
  public SynthesisFigures figures(OutputTree tree, String top, Family family, Consumer<String> progress) {
    String files = String.join(" ", new String(tree.files().get(FILES), StandardCharsets.UTF_8).split("\\s+"));
    String script = Script.of(family).text(files, top);
    Path folder = cache.folder("yosys", tree, List.of(script), building -> {
      List<String> command = List.of(tool.command(), "-q", "-s", "synthesis.ys");
      write(building.resolve("synthesis.ys"), script);
      new ToolProcess(tool, command, building, building.resolve("yosys.log"), limit).run(progress);
    });
    try {
      return CellCounts.add(CellCounts.read(Files.readString(folder.resolve(FIGURES))), family);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
