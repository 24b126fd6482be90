package io.bitwright.ir.diag;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Orders the known names of something for the message about an unknown one: what the user may have meant first. */
public final class NearestNames {
  private static final int LONGEST = 64;
  private static final int SHOWN = 6;

  private NearestNames() {}

  /** The known names by edit distance from {@code wanted}, then in their own order; joined with commas. */
  public static String of(String wanted, Collection<String> known) {
    String from = cut(wanted);
    List<String> ordered = known.stream().sorted(Comparator.comparingInt(name -> distance(from, cut(name)))).toList();
    return ordered.isEmpty() ? "none" : ordered.stream().collect(Collectors.joining(", "));
  }

  /** As {@link #of}, but of many names only the nearest. */
  public static String nearest(String wanted, Collection<String> known) {
    List<String> all = List.of(of(wanted, known).split(", "));
    return all.size() <= SHOWN ? String.join(", ", all) : String.join(", ", all.subList(0, SHOWN)) + ", ...";
  }

  private static String cut(String name) {
    return name.substring(0, Math.min(name.length(), LONGEST)).toLowerCase(Locale.ROOT);
  }

  /** Insertions, deletions and replacements of single characters. */
  static int distance(String a, String b) {
    int[] previous = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] row = new int[b.length() + 1];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(replaced, 1 + Math.min(previous[j], row[j - 1]));
      }
      previous = row;
    }
    return previous[b.length()];
  }
}
