package io.bitwright.cli;

import io.bitwright.cli.console.ExitStatus;
import io.bitwright.cli.demo.DemoCommand;
import io.bitwright.ir.diag.DiagnosticException;
import io.bitwright.ir.diag.Printable;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/**
 * The {@code bitwright} command. Results go to standard output, diagnostics to standard error; the exit status is 0 done,
 * 1 the input or the check failed, 2 bad usage, 70 a fault of the tool.
 */
@Command(name = "bitwright", synopsisSubcommandLabel = "COMMAND", mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class, usageHelpAutoWidth = true,
    description = "Compiles lightweight convolutional networks to C, HLS C++ and RTL that compute the same bytes.",
    subcommands = {DemoCommand.class, CompileCommand.class, RunCommand.class, VerifyCommand.class,
        InspectCommand.class, ZooCommand.class, FmtCommand.class, BoardsCommand.class, DoctorCommand.class, QuantizeCommand.class,
        Main.Completion.class},
    footer = {"", "Exit status: 0 done, 1 the input or the check failed, 2 bad usage, 70 a fault of the tool."})
public final class Main implements Runnable {

  @Option(names = "--stacktrace", scope = ScopeType.INHERIT, description = "Show where in the tool an error arose.")
  private boolean stacktrace;

  @Spec
  private CommandSpec spec;

  public static void main(String[] args) {
    PrintWriter out = new PrintWriter(System.out, false, StandardCharsets.UTF_8);
    PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    int status = run(out, err, args);
    out.flush();
    err.flush();
    System.exit(status == ExitStatus.DONE && out.checkError() ? ExitStatus.FAILED : status);
  }

  /** Runs a command line within this process. */
  static int run(PrintWriter out, PrintWriter err, String... args) {
    Main main = new Main();
    CommandLine line = new CommandLine(main).setOut(out).setErr(err).setCaseInsensitiveEnumValuesAllowed(true);
    line.setParameterExceptionHandler((e, given) -> {
      err.println("bitwright: " + Printable.of(e.getMessage()));
      err.println("Try '" + e.getCommandLine().getCommandSpec().qualifiedName() + " --help'.");
      return ExitStatus.BAD_USAGE;
    });
    line.setExecutionExceptionHandler((e, command, parsed) -> main.report(e, err));
    try {
      return line.execute(args);
    } catch (StackOverflowError | OutOfMemoryError e) {
      return main.report(e, err);
    }
  }

  private int report(Throwable e, PrintWriter err) {
    boolean users = e instanceof DiagnosticException;
    if (users) {
      ((DiagnosticException) e).diagnostics().forEach(d -> err.println(d.render()));
    } else {
      String what = e instanceof OutOfMemoryError ? "out of memory" : e.toString();
      err.println("bitwright: a fault of this tool: " + what + (stacktrace ? "" : " (--stacktrace shows where)"));
    }
    if (stacktrace) {
      e.printStackTrace(err);
    }
    err.flush();
    return users ? ExitStatus.FAILED : ExitStatus.FAULT;
  }

  @Override
  public void run() {
    throw new CommandLine.ParameterException(spec.commandLine(), "a command is missing");
  }

  /** Reads the version that the build wrote. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() throws IOException {
      try (InputStream in = Main.class.getResourceAsStream("version.txt")) {
        return new String[] {"bitwright " + new String(in.readAllBytes(), StandardCharsets.UTF_8).strip()};
      }
    }
  }

  /** Prints a completion script. */
  @Command(name = "completion", mixinStandardHelpOptions = true,
      description = "Print a completion script: source <(./bitwright completion)")
  static final class Completion implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
      spec.commandLine().getOut().print(AutoComplete.bash("bitwright", spec.root().commandLine()));
    }
  }
}
