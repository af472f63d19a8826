package io.changeover.migrator.observe;

import io.changeover.migrator.observe.MetaReading.Row;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Readings for tests.
public final class Readings {

  public static final MetaReading.Lock LOCK =
      new MetaReading.Lock("somebody", Instant.parse("2026-11-24T23:00:00Z"));
  public static final Doubt DOUBT = Doubt.passing("connection refused");

  private Readings() {}

  public static Migrations core(String... names) {
    return names.length == 0 ? Migrations.NONE : Migrations.of(Map.of("core", List.of(names)));
  }

  public static MetaReading.Rows rows(List<String> executed, List<String> pending) {
    return rows(Map.of("core", new Row(executed, Optional.of(pending))), Optional.empty());
  }

  public static MetaReading.Rows rows(Map<String, Row> rows, Optional<MetaReading.Lock> lock) {
    return new MetaReading.Rows(new TreeMap<>(rows), lock);
  }

  public static SchemaObservation seen(SchemaState state) {
    return new SchemaObservation(state, Optional.empty(), rows(List.of("a"), List.of()));
  }

  public static SchemaObservation locked(SchemaState state) {
    return new SchemaObservation(state, Optional.of(LOCK), rows(List.of("a"), List.of()));
  }
}
