package io.bitwright.cli.accelerator;

import io.bitwright.boards.Board;
import io.bitwright.boards.BoardDescription;
import io.bitwright.boards.Boards;
import io.bitwright.ir.diag.DiagnosticException;
import io.bitwright.ir.diag.DiagnosticId;
import io.bitwright.ir.diag.SourceLocation;
import io.bitwright.target.HardwareOptions;
import io.bitwright.target.HardwareOptions.Pragmas;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What the user chooses about accelerators. */
public final class HardwareChoices {
  /** Targets, and executors of the same names, that are accelerators. */
  public static final Set<String> NAMES = Set.of("hls", "rtl");

  @Option(names = "--lanes", paramLabel = "N",
      description = "hls, rtl: MAC multipliers to use. Default: what fits the board, 64 without a board.")
  private Optional<Integer> lanes = Optional.empty();

  @Option(names = "--hls-tool", paramLabel = "vitis|generic",
      description = "hls: whose pragmas to write. Default: vitis.")
  private Optional<Pragmas> tool = Optional.empty();

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  public HardwareOptions options() {
    return new HardwareOptions(lanes.map(OptionalInt::of).orElse(OptionalInt.empty()),
        tool.orElse(HardwareOptions.DEFAULT.pragmas()), false);
  }

  /** The choices as words of a command line. */
  public List<String> words() {
    List<String> words = new ArrayList<>();
    lanes.ifPresent(n -> words.addAll(List.of("--lanes", n.toString())));
    tool.ifPresent(pragmas -> words.addAll(List.of("--hls-tool", pragmas.text())));
    return words;
  }

  /** Refuses choices that none of these targets or executors heeds. */
  public void require(Collection<String> used) {
    if (lanes.isPresent() && used.stream().noneMatch(NAMES::contains)) {
      throw new ParameterException(spec.commandLine(), "--lanes applies to hls and rtl only");
    }
    if (tool.isPresent() && !used.contains("hls")) {
      throw new ParameterException(spec.commandLine(), "--hls-tool applies to hls only");
    }
  }

  /** Refuses microcontrollers; a board without any sizes, the host, stands for a device that has room for everything. */
  public static void requireFabric(Board board, String target) {
    if (NAMES.contains(target) && board.fabric().isEmpty() && board.memory().isPresent()) {
      throw DiagnosticException.of(DiagnosticId.DATAFLOW_NO_FABRIC, SourceLocation.NONE, board.name(),
          Boards.all().stream().map(BoardDescription::board).filter(b -> b.fabric().isPresent()).map(Board::name)
              .collect(Collectors.joining(", ")));
    }
  }
}
