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

  /// Levenshtein's distance, ignoring case and separators.
  static int distance(String left, String right) {
    String a = plain(left);
    String b = plain(right);
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[b.length()];
  }

  private static String plain(String key) {
    return key.toLowerCase(Locale.ROOT).replaceAll("[-_]", "");
  }
}
