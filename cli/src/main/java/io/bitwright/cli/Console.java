package io.bitwright.cli;

import java.io.PrintWriter;
import java.util.Locale;
import picocli.CommandLine.Model.CommandSpec;

/** Where a command prints, and whether somebody watches. */
final class Console {
  private final PrintWriter out;
  private final PrintWriter err;
  private final boolean watched = Boolean.getBoolean("bitwright.progress");
  private boolean pending;

  Console(CommandSpec spec) {
    this.out = spec.commandLine().getOut();
    this.err = spec.commandLine().getErr();
  }

  /** A line of a result. */
  void print(String format, Object... arguments) {
    out.println(arguments.length == 0 ? format : String.format(Locale.ROOT, format, arguments));
  }

  /** A table, a line a row. */
  void print(TextTable table) {
    table.lines().forEach(line -> print("%s", line));
  }

  /** A line of a diagnostic. */
  void warn(String line) {
    endProgress();
    err.println(line);
  }

  /** A state that the next one overwrites: on a terminal only. */
  void progress(String state) {
    if (watched) {
      err.print("\r\033[K" + state);
      err.flush();
      pending = true;
    }
  }

  /** Wipes the last state. */
  void endProgress() {
    if (pending) {
      err.print("\r\033[K");
      err.flush();
      pending = false;
    }
  }
}
