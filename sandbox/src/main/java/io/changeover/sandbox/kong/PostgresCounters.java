package io.changeover.sandbox.kong;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Counters in `ratelimiting_metrics`.
final class PostgresCounters implements Counters {
  private static final String NOBODY = "00000000-0000-0000-0000-000000000000";

  private final PostgresSession session;

  PostgresCounters(PostgresSession session) {
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
    String now =
        session.text(
            """
            INSERT INTO ratelimiting_metrics (identifier, period, period_date, service_id, route_id, value)
            VALUES (?, ?, ?::timestamptz, ?::uuid, ?::uuid, ?::int)
            ON CONFLICT (identifier, period, period_date, service_id, route_id)
            DO UPDATE SET value = ratelimiting_metrics.value + EXCLUDED.value
            RETURNING value
            """,
            identifier,
            period,
            periodDate.toString(),
            or(service),
            or(route),
            Integer.toString(value));
    return now == null ? 0 : Integer.parseInt(now);
  }

  @Override
  public int get(
      String identifier,
      String period,
      Instant periodDate,
      @Nullable String service,
      @Nullable String route) {
    String now =
        session.text(
            """
            SELECT value FROM ratelimiting_metrics
             WHERE identifier = ? AND period = ? AND period_date = ?::timestamptz AND service_id = ?::uuid AND route_id = ?::uuid
            """,
            identifier,
            period,
            periodDate.toString(),
            or(service),
            or(route));
    return now == null ? 0 : Integer.parseInt(now);
  }

  private static String or(@Nullable String id) {
    return id == null ? NOBODY : id;
  }
}
