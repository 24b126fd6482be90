package io.bitwright.cli.console;

import java.io.PrintWriter;
import java.util.Locale;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import picocli.CommandLine.Model.CommandSpec;

/** Where a command prints, and whether somebody watches. */
public final class Console {
  private static final int BAR_MILLIS = 100;

  private final PrintWriter out;
  private final PrintWriter err;
  private final boolean watched = Boolean.getBoolean("bitwright.progress");
  private boolean pending;
  private ProgressBar bar;

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

  /** How far long work is, as a bar: on a terminal only. */
  public void progress(String stage, int done, int total) {
    if (!watched) {
      return;
    }
    if (bar == null || !bar.getTaskName().equals(stage)) {
      endProgress();
      bar = new ProgressBarBuilder().setTaskName(stage).setInitialMax(total).setStyle(ProgressBarStyle.ASCII)
          .setUpdateIntervalMillis(BAR_MILLIS).hideEta().setConsumer(new ConsoleProgressBarConsumer(System.err)).build();
    }
    bar.stepTo(done);
    if (done == total) {
      endProgress();
    }
  }

  /** Wipes the last state. */
  public void endProgress() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
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
