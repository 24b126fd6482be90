package io.bitwright.hls;

import java.util.Set;
import java.util.regex.Pattern;

/** The name of the top function, which is a C function beside those of the templates and of the system's libraries. */
final class TopName {
  private static final Pattern OURS = Pattern.compile("(bw|ap|hls|std|take|give|recorded|s\\d+)(_.*)?");
  /** Functions of the C library that a model may be called. */
  private static final Set<String> SYSTEM = Set.of("abort", "abs", "accept", "access", "alarm", "bind", "clock",
      "close", "connect", "div", "dup", "exit", "exp", "fork", "free", "gamma", "index", "kill", "labs", "link",
      "listen", "log", "lseek", "malloc", "nice", "open", "pause", "pipe", "poll", "pow", "qsort", "raise", "rand",
      "random", "read", "remove", "rename", "round", "select", "send", "signal", "sin", "sleep", "socket", "stat",
      "system", "time", "times", "wait", "write", "y0", "y1", "yn");

  private TopName() {}

  /** The network's name, with {@code net_} before it where it is taken. */
  static String of(String network) {
    return OURS.matcher(network).matches() || SYSTEM.contains(network) ? "net_" + network : network;
  }
}
