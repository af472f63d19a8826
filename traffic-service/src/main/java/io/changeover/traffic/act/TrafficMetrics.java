package io.changeover.traffic.act;

import io.changeover.traffic.decide.Side;
import io.changeover.traffic.decide.Sides;
import io.changeover.traffic.decide.Split;
import io.changeover.traffic.router.Observation;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// What the service measures of itself on top of every worker: weights as observed.
@Singleton
public class TrafficMetrics {

  private record Place(String cluster, Side side) {}

  private final MeterRegistry registry;
  private final Map<Place, Double> percent = new ConcurrentHashMap<>();

  public TrafficMetrics(MeterRegistry registry) {
    this.registry = registry;
  }

  /// A split was read.
  public void observed(String cluster, Observation observation, Sides sides) {
    Split split = Split.of(observation, sides);
    set(new Place(cluster, Side.BLUE), split.percentBlue());
    set(new Place(cluster, Side.GREEN), split.percentGreen());
  }

  private void set(Place place, double value) {
    if (percent.put(place, value) == null) {
      Gauge.builder("changeover.traffic.weight", percent, all -> all.getOrDefault(place, 0.0))
          .description("Weight of a side at its router, per cent, as last read")
          .tag("cluster", place.cluster())
          .tag("side", place.side().word())
          .register(registry);
    }
  }
}
