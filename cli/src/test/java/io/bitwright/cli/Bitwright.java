package io.bitwright.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;

/** Runs command lines within the test's process, as the launcher does from the repository's folder. */
final class Bitwright {
  static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  static final String DIGITS = ROOT.resolve("examples/digits/digits_int8.tflite").toString();

  private Bitwright() {}

  /** What a command line printed and how it ended. */
  record Outcome(int status, String out, String err) {}

  static Outcome run(String... arguments) {
    System.setProperty("bitwright.root", ROOT.toString());
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int status = Main.run(new PrintWriter(out), new PrintWriter(err), arguments);
    return new Outcome(status, out.toString(), err.toString());
  }

  static String picture(String name) {
    return ROOT.resolve("examples/digits/pictures/" + name).toString();
  }
}
