package io.changeover.cli.demo;

import io.changeover.schemas.Facts;
import java.util.Map;

/// That the move to Enterprise lost no entity, by the counts that the migrator made.
final class EntitiesKept {
  private EntitiesKept() {}

  static Check check(Map<String, String> facts) {
    String before = facts.getOrDefault(Facts.ENTITIES_BEFORE, "");
    String after = facts.getOrDefault(Facts.ENTITIES_AFTER, "");
    return new Check(
        "each workspace has as many entities as before",
        !before.isEmpty() && before.equals(after),
        "before %s, after %s".formatted(before, after));
  }
}
