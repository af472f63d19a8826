package io.changeover.worker;

import io.changeover.messages.PhaseCommand;
import java.util.LinkedHashMap;
import java.util.Map;

/// Remembers the newest command of each upgrade, so that repeats and stragglers are told from news.
final class NewestOrders {

  /// What a command is, compared with what was seen.
  enum Age {
    NEWER,
    SAME,
    OLDER
  }

  private record Seen(String id, long order) {}

  private final Map<String, Seen> newest;

  /// @param capacity upgrades to remember; the one not heard of for longest is forgotten first
  NewestOrders(int capacity) {
    this.newest =
        new LinkedHashMap<>(16, 0.75f, true) {
          @Override
          protected boolean removeEldestEntry(Map.Entry<String, Seen> eldest) {
            return size() > capacity;
          }
        };
  }

  synchronized Age see(PhaseCommand command) {
    Seen seen = newest.get(command.getUpgrade());
    if (seen == null || command.getOrder() > seen.order()) {
      newest.put(command.getUpgrade(), new Seen(command.getId(), command.getOrder()));
      return Age.NEWER;
    }
    return command.getId().equals(seen.id()) ? Age.SAME : Age.OLDER;
  }
}
