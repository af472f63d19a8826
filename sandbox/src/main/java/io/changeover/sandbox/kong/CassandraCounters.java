package io.changeover.sandbox.kong;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Counters in `ratelimiting_metrics`.
final class CassandraCounters implements Counters {
  private static final UUID NOBODY = new UUID(0, 0);

  private final CassandraSession session;

  CassandraCounters(CassandraSession session) {
    this.session = session;
  }

  @Override
  public int add(
      String identifier,
      String period,
      Instant periodDate,
      @Nullable String service,
      @Nullable String route,
      int value) {
    session.write(
        """
        UPDATE ratelimiting_metrics SET value = value + ?
         WHERE identifier = ? AND period = ? AND period_date = ? AND service_id = ? AND route_id = ?
        """,
        (long) value,
        identifier,
        period,
        periodDate,
        or(service),
        or(route));
    return get(identifier, period, periodDate, service, route);
  }

  @Override
  public int get(
      String identifier,
      String period,
      Instant periodDate,
      @Nullable String service,
      @Nullable String route) {
    return session
        .first(
            """
            SELECT value FROM ratelimiting_metrics
             WHERE identifier = ? AND period = ? AND period_date = ? AND service_id = ? AND route_id = ?
            """,
            identifier,
            period,
            periodDate,
            or(service),
            or(route))
        .map(row -> (int) row.getLong(0))
        .orElse(0);
  }

  private static UUID or(@Nullable String id) {
    return id == null ? NOBODY : UUID.fromString(id);
  }
}
