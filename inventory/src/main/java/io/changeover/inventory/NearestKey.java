package io.changeover.inventory;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/// Guesses which key was meant.
final class NearestKey {

  private NearestKey() {}

  /// The known key with the smallest edit distance, if a typing error explains it.
  static Optional<String> of(String key, Collection<String> known) {
    int most = Math.max(1, key.length() / 3);
    return known.stream()
        .min(Comparator.comparingInt(candidate -> distance(key, candidate)))
        .filter(candidate -> distance(key, candidate) <= most);
  }

  /// Insertions, deletions, replacements and swaps of neighbours, ignoring case and separators.
  static int distance(String left, String right) {
    String a = plain(left);
    String b = plain(right);
    int[][] best = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        best[i][j] = i == 0 || j == 0 ? i + j : cheapest(best, a, b, i, j);
      }
    }
    return best[a.length()][b.length()];
  }

  private static int cheapest(int[][] best, String a, String b, int i, int j) {
    boolean same = a.charAt(i - 1) == b.charAt(j - 1);
    int cost = Math.min(best[i - 1][j], best[i][j - 1]) + 1;
    cost = Math.min(cost, best[i - 1][j - 1] + (same ? 0 : 1));
    boolean swapped =
        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
    return swapped ? Math.min(cost, best[i - 2][j - 2] + 1) : cost;
  }

  private static String plain(String key) {
    return key.toLowerCase(Locale.ROOT).replaceAll("[-_]", "");
  }
}
