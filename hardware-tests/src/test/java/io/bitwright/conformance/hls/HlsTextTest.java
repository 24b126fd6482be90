package io.bitwright.conformance.hls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bitwright.target.HardwareOptions.Pragmas;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Emitted text keeps to what HLS tools take; it is the same in every locale and from run to run. */
class HlsTextTest {
  private static final int MOST = 1024;
  private static final Pattern CONSTANT = Pattern.compile("static const int (\\w+) = (\\d+);");
  private static final Pattern COMPLETE =
      Pattern.compile("HLS ARRAY_PARTITION variable=(\\w+) type=complete dim=(\\d)");
  private static final Set<String> UNROLLED =
      Set.of("LANES", "PE", "RESULTS", "WORD_LANES", "TAP_LANES", "IN_LANES", "OUT_LANES");
  private static final Pattern FACTOR = Pattern.compile("factor=(\\d+)");
  private static final Pattern LOOP = Pattern.compile("\\b(for|while) \\(");

  static Stream<HlsCase> cases() {
    return Stream.concat(
        Stream.of(HlsNetworks.digits(64), HlsNetworks.digits(4000)),
        HlsNetworks.GOLDEN.stream().flatMap(n -> Stream.of(64, 900, 4000).map(lanes -> HlsNetworks.golden(n, lanes))));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void keepsTheLimits(HlsCase network) {
    List<String> found = new ArrayList<>();
    for (Pragmas pragmas : Pragmas.values()) {
      network.with(pragmas).tree().files().forEach((path, contents) -> {
        if (path.startsWith("src/")) {
          new Limits(path, new String(contents, StandardCharsets.UTF_8), pragmas, found).check();
        }
      });
    }
    assertEquals(List.of(), found);
  }

  /** One file of a tree. */
  private record Limits(String path, String text, Pragmas pragmas, List<String> found) {
    void check() {
      absent("ap_fixed", Pattern.compile("ap_fixed|ap_ufixed"));
      absent("a named stream", Pattern.compile("hls::stream<[^;]*> +\\w+\\(\""));
      absent("a bare pragma", Pattern.compile("(?m)^ *#pragma"));
      absent("an INTERFACE without mode=", Pattern.compile("HLS INTERFACE (?!mode=)"));
      absent("a loop with several exits", Pattern.compile("\\b(break|goto|continue);"));
      absent("a long line", Pattern.compile("(?m)^(?!.*BW_PRAGMA).{161,}$"));
      if (pragmas == Pragmas.GENERIC) {
        absent("a pragma of a loop", Pattern.compile("(?s)for \\([^)]*\\) \\{\\s*BW_PRAGMA\\(HLS (PIPELINE|UNROLL)"));
      }
      returnsInLoops();
      FACTOR.matcher(text).results().map(r -> Integer.parseInt(r.group(1))).filter(f -> f > MOST)
          .forEach(f -> found.add(path + ": factor " + f));
      partitions();
      lanes();
    }

    private void absent(String what, Pattern pattern) {
      Matcher m = pattern.matcher(text);
      if (m.find()) {
        found.add(path + ": " + what + ": " + m.group());
      }
    }

    /** A return deeper than its function's own block would leave a loop or an if around it. */
    private void returnsInLoops() {
      int loop = -1;
      int depth = 0;
      for (String line : text.split("\n")) {
        if (loop < 0 && LOOP.matcher(line).find()) {
          loop = depth;
        }
        if (loop >= 0 && line.contains("return ")) {
          found.add(path + ": a return in a loop: " + line.strip());
        }
        depth += line.chars().map(c -> c == '{' ? 1 : c == '}' ? -1 : 0).sum();
        loop = loop >= 0 && depth <= loop ? -1 : loop;
      }
    }

    /** Arrays declared with numbers: the product of partitioned dimensions. */
    private void partitions() {
      Matcher m = COMPLETE.matcher(text);
      while (m.find()) {
        Matcher declaration =
            Pattern.compile("\\b" + m.group(1) + "((?:\\[\\d+\\])+);").matcher(text.substring(0, m.start()));
        String dimensions = "";
        while (declaration.find()) {
          dimensions = declaration.group(1);
        }
        String[] sizes = dimensions.isEmpty() ? new String[0]
            : dimensions.substring(1, dimensions.length() - 1).split("\\]\\[");
        int dim = Integer.parseInt(m.group(2));
        long parts = 1;
        for (int i = 0; i < sizes.length; i++) {
          parts *= dim == 0 || dim == i + 1 ? Long.parseLong(sizes[i]) : 1;
        }
        if (parts > MOST) {
          found.add(path + ": " + m.group() + " of " + dimensions);
        }
      }
    }

    /** What templates unroll over and split arrays into. */
    private void lanes() {
      CONSTANT.matcher(text).results()
          .filter(r -> UNROLLED.contains(r.group(1)))
          .filter(r -> Integer.parseInt(r.group(2)) > MOST)
          .forEach(r -> found.add(path + ": " + r.group()));
    }
  }

  @Test
  void theLimitsAreSeen() {
    List<String> found = new ArrayList<>();
    new Limits("x", """
        static const int PE = 2000;
        static int held[64][32];
        BW_PRAGMA(HLS ARRAY_PARTITION variable=held type=complete dim=0)
        BW_PRAGMA(HLS ARRAY_PARTITION variable=t type=cyclic factor=1025 dim=1)
        hls::stream<int> s("s"); ap_fixed<3, 2> f;
        #pragma HLS DATAFLOW
        BW_PRAGMA(HLS INTERFACE axis port=in)
        int f() {
          for (int i = 0; i < 3; ++i) {
            BW_PRAGMA(HLS PIPELINE II=1)
            if (i == 2) break;
            if (i == 1) return 5;
          }
          return 4;
        }
        """, Pragmas.GENERIC, found).check();
    assertEquals(10, found.size(), found::toString);
  }

  @Test
  void theSameInEveryLocale() {
    Locale before = Locale.getDefault();
    try {
      var first = HlsNetworks.digits(64).tree().files();
      for (String tag : List.of("de-DE", "tr-TR", "ar-EG-u-nu-arab")) {
        Locale.setDefault(Locale.forLanguageTag(tag));
        var again = HlsNetworks.digits(64).tree().files();
        assertEquals(first.keySet(), again.keySet());
        first.forEach((path, contents) -> assertTrue(java.util.Arrays.equals(contents, again.get(path)), path));
      }
    } finally {
      Locale.setDefault(before);
    }
  }
}
