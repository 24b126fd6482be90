package io.bitwright.tracer;

import io.bitwright.hls.ScalarText;
import io.bitwright.ir.scalar.Scalar;
import io.bitwright.target.OutputTree;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.Collectors;

/** Scalar programs in HLS C++ with a main function that reads and writes the words of a {@link ScalarGroup}. */
final class HlsScalars {
  private static final List<String> HEADERS =
      List.of("src/bw_pragma.h", "src/bw_scalar.h", "sim/ap_int.h", "sim/bw_simulation.h", "sim/hls_stream.h");

  private final StringBuilder bodies = new StringBuilder();
  private final StringBuilder calls = new StringBuilder();

  private HlsScalars() {}

  static OutputTree tree(List<Scalar> programs) {
    HlsScalars text = new HlsScalars();
    for (int i = 0; i < programs.size(); i++) {
      text.append("body" + i, programs.get(i));
    }
    OutputTree.Builder tree = new OutputTree.Builder();
    tree.add("scalars.cpp", text.file());
    HEADERS.forEach(h -> tree.add(h.substring(h.indexOf('/') + 1), header(h)));
    return tree.build();
  }

  private void append(String name, Scalar program) {
    ScalarText text = ScalarText.of(program, name + "_");
    for (ScalarText.Table table : text.tables()) {
      String entries = table.entries().stream().map(String::valueOf).collect(Collectors.joining(", "));
      bodies.append("static const %s %s[] = {%s};%n".formatted(table.type(), table.name(), entries));
    }
    bodies.append("static void %s(const int64_t* in, int64_t* out) {%n".formatted(name));
    for (int i = 0; i < program.inputs().size(); i++) {
      Scalar.Value input = program.inputs().get(i);
      bodies.append("  const ap_int<%d> %s = in[%d];%n  (void) %s;%n"
          .formatted(input.interval().signedBits(), input.name(), i, input.name()));
    }
    text.statements().forEach(statement -> bodies.append("  %s%n".formatted(statement)));
    for (int i = 0; i < text.results().size(); i++) {
      bodies.append("  out[%d] = ap_int<64>(%s).v;%n".formatted(i, text.results().get(i)));
    }
    bodies.append("}\n");
    calls.append("    if (!run(%s, %d, %d)) return 0;%n"
        .formatted(name, program.inputs().size(), program.results().size()));
  }

  private String file() {
    return """
        #include "bw_scalar.h"
        #include <cstdio>

        %s
        static bool run(void (*body)(const int64_t*, int64_t*), size_t inputs, size_t results) {
          int64_t in[8];
          int64_t out[32];
          if (std::fread(in, sizeof in[0], inputs, stdin) != inputs) return false;
          body(in, out);
          return std::fwrite(out, sizeof out[0], results, stdout) == results;
        }

        int main() {
          for (;;) {
        %s  }
        }
        """.formatted(bodies, calls);
  }

  private static String header(String path) {
    try (InputStream in = ScalarText.class.getResourceAsStream(path)) {
      return new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
