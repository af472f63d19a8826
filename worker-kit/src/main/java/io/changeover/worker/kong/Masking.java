package io.changeover.worker.kong;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/// Puts `******` where a secret stands.
public record Masking(List<String> secrets) {

  /// Nothing to hide.
  public static final Masking NONE = new Masking(List.of());

  /// Longer ones first, so that no part of one is left over.
  public static Masking of(Collection<String> secrets) {
    return new Masking(
        secrets.stream()
            .filter(secret -> !secret.isBlank())
            .distinct()
            .sorted(Comparator.comparingInt(String::length).reversed())
            .toList());
  }

  public String mask(String text) {
    String masked = text;
    for (String secret : secrets) {
      masked = masked.replace(secret, "******");
    }
    return masked;
  }

  public List<String> mask(List<String> words) {
    return words.stream().map(this::mask).toList();
  }

  @Override
  public String toString() {
    return "Masking[" + secrets.size() + "]";
  }
}
