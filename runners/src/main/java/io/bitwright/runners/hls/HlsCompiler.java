package io.bitwright.runners.hls;

import io.bitwright.runners.ExternalTool;
import java.util.ArrayList;
import java.util.List;

/**
 * How simulations are compiled.
 *
 * @param tool  a C++ compiler with the options of g++
 * @param flags  options besides those that every tree needs
 * @param parallel  whether stages run side by side, joined by FIFOs of their depths, instead of one after the other
 */
public record HlsCompiler(ExternalTool tool, List<String> flags, boolean parallel) {
  /** g++, C++14, every warning an error. */
  public static final HlsCompiler USUAL = new HlsCompiler(
      new ExternalTool("g++", "g++", "simulate the generated HLS C++"),
      List.of("-std=c++14", "-O1", "-Wall", "-Wextra", "-Werror"), false);

  public HlsCompiler {
    flags = List.copyOf(flags);
  }

  public HlsCompiler withFlags(List<String> other) {
    return new HlsCompiler(tool, other, parallel);
  }

  /** Adds options. */
  public HlsCompiler plus(String... more) {
    List<String> all = new ArrayList<>(flags);
    all.addAll(List.of(more));
    return withFlags(all);
  }

  /** Stages side by side. */
  public HlsCompiler inParallel() {
    return new HlsCompiler(tool, flags, true);
  }
}
