package io.bitwright.cli.tools;

import io.bitwright.cli.console.Console;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Installs Debian packages where this user may; the child's words go to standard error. */
public final class AptInstall {
  private final Console console;

  public AptInstall(Console console) {
    this.console = console;
  }

  /** Whether all of it went well; says what to do by hand where it did not. */
  public boolean install(List<String> packages) throws IOException, InterruptedException {
    Optional<List<String>> root = asRoot();
    boolean done = false;
    if (SystemTools.find("apt-get").isPresent() && root.isPresent()) {
      console.warn("bitwright: installing " + String.join(" ", packages));
      List<String> command = new ArrayList<>(List.of("apt-get", "install", "-y", "-qq", "--no-install-recommends"));
      command.addAll(packages);
      done = run(root.get(), List.of("apt-get", "update", "-qq")) && run(root.get(), command);
    }
    if (!done) {
      console.warn("bitwright: please install: sudo apt install " + String.join(" ", packages));
    }
    return done;
  }

  /** What stands before a command to run it as root: nothing, or sudo; empty where that would ask for a password. */
  private static Optional<List<String>> asRoot() throws IOException, InterruptedException {
    if ("root".equals(System.getProperty("user.name"))) {
      return Optional.of(List.of());
    }
    return SystemTools.find("sudo").isPresent() && run(List.of(), List.of("sudo", "-n", "true"))
        ? Optional.of(List.of("sudo", "-n")) : Optional.empty();
  }

  private static boolean run(List<String> prefix, List<String> command) throws IOException, InterruptedException {
    List<String> whole = new ArrayList<>(prefix);
    whole.addAll(command);
    ProcessBuilder builder = new ProcessBuilder(whole).redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD);
    builder.environment().put("DEBIAN_FRONTEND", "noninteractive");
    Process process = builder.start();
    Thread killer = new Thread(process::destroy);
    Runtime.getRuntime().addShutdownHook(killer);
    try {
      return process.waitFor() == 0;
    } finally {
      Runtime.getRuntime().removeShutdownHook(killer);
    }
  }
}
