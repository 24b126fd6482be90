package io.bitwright.cli;

import io.bitwright.cli.console.ExitStatus;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/** Commands that are planned: they say so and end as bad usage does. */
abstract class NotYet implements Callable<Integer> {
  @Spec
  private CommandSpec spec;

  @Unmatched
  private List<String> ignored;

  @Parameters(hidden = true, arity = "0..*")
  private List<String> arguments;

  @Override
  public Integer call() {
    spec.commandLine().getErr().println("bitwright: '" + spec.name() + "' is not available yet in this version");
    return ExitStatus.BAD_USAGE;
  }

  /** Post-training quantisation. */
  @Command(name = "quantize", hidden = true)
  static final class Quantize extends NotYet {}
}
