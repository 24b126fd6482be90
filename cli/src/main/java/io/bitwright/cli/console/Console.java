package io.bitwright.cli.console;

import java.io.PrintWriter;
import java.util.Locale;
import picocli.CommandLine.Model.CommandSpec;

/** Where a command prints, and whether somebody watches. */
public final class Console {
  private final PrintWriter out;
  private final PrintWriter err;
  private final boolean watched = Boolean.getBoolean("bitwright.progress");
  private boolean pending;

  public Console(CommandSpec spec) {
    this.out = spec.commandLine().getOut();
    this.err = spec.commandLine().getErr();
  }

  /** A line of a result. */
  public void print(String format, Object... arguments) {
    out.println(arguments.length == 0 ? format : String.format(Locale.ROOT, format, arguments));
  }

  /** A table, a line a row. */
  public void print(TextTable table) {
    table.lines().forEach(line -> print("%s", line));
  }

  /** A line of a diagnostic. */
  public void warn(String line) {
    endProgress();
    err.println(line);
  }

  /** A state that the next one overwrites: on a terminal only. */
  public void progress(String state) {
    if (watched) {
      err.print("\r\033[K" + state);
      err.flush();
      pending = true;
    }
  }

  /** Wipes the last state. */
  public void endProgress() {
    if (pending) {
      err.print("\r\033[K");
      err.flush();
      pending = false;
    }
  }

  /** Wall time for people; empty where none was measured. */
  public static String time(long nanos) {
    return nanos == 0 ? "" : String.format(Locale.ROOT, "%.3f ms", nanos / 1e6);
  }
}
