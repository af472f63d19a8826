package io.changeover.traffic.act;

import io.changeover.traffic.decide.MetricName;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.Map;

/// Blue's last values per upgrade: at 100 % blue has no traffic to compare with, and conditions on
/// a baseline are judged against the last one seen. Kept in memory only: after a restart such a
/// condition is inconclusive, never passed.
@Singleton
public class Baselines {

  private static final int MOST_UPGRADES = 10_000;

  private final Map<String, Map<MetricName, Double>> byUpgrade =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Map<MetricName, Double>> eldest) {
          return size() > MOST_UPGRADES;
        }
      };

  /// The last values; empty when there were none.
  public synchronized Map<MetricName, Double> of(String upgrade) {
    return byUpgrade.getOrDefault(upgrade, Map.of());
  }

  /// Remembers.
  public synchronized void remember(String upgrade, Map<MetricName, Double> values) {
    if (!values.isEmpty()) {
      byUpgrade.put(upgrade, values);
    }
  }
}
